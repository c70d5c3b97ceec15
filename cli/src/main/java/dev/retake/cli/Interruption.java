package dev.retake.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work that takes long end in order when the process is told to stop (SIGINT, SIGTERM): it is asked to end, and the
 * process, which then exits with 130 or 143, waits for what it reports.
 */
final class Interruption {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable interrupt) {
        hook = new Thread(() -> await(interrupt), "interruption");
    }

    /** Calls {@code interrupt} when the process is told to stop before {@link #ended()}. */
    static Interruption calls(Runnable interrupt) {
        Interruption interruption = new Interruption(interrupt);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void await(Runnable interrupt) {
        if (ended.getCount() == 0) {
            return;
        }
        interrupt.run();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("retake: gave up waiting for the work to end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work has ended, and what it has to report is written. */
    void ended() {
        ended.countDown();
    }
}
