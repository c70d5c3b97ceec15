package dev.retake.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads that play sessions: a fixed number, each taking the next session until none is left. */
final class SessionThreads {
    private final List<Thread> threads = new ArrayList<>();
    private final Runnable whenInterrupted;

    /** @param whenInterrupted what to do when the thread that waits for the sessions is interrupted */
    SessionThreads(Runnable whenInterrupted) {
        this.whenInterrupted = whenInterrupted;
    }

    /** Work for one thread to do again and again. */
    @FunctionalInterface
    interface Work {
        /** Does a piece; false where there is none left. */
        boolean next();
    }

    /** Runs {@code work} on {@code count} threads, and returns once all have ended; a failure of one ends the others. */
    void run(int count, Work work) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Thread thread = new Thread(() -> loop(work, failure), "retake-session-" + i);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, thrown) -> {
                failure.compareAndSet(null, thrown);
                interrupt();
            });
            started.add(thread);
        }
        synchronized (threads) {
            threads.addAll(started);
        }
        started.forEach(Thread::start);
        boolean interrupted = false;
        for (Thread thread : started) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    whenInterrupted.run();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    /** Wakes the threads from whatever they wait for. */
    void interrupt() {
        synchronized (threads) {
            threads.forEach(Thread::interrupt);
        }
    }

    private static void loop(Work work, AtomicReference<@Nullable Throwable> failure) {
        while (failure.get() == null && work.next()) {
            // An interrupt ends what a thread waits for; the sessions that are left are still accounted for.
            boolean wasInterrupted = Thread.interrupted();
            if (wasInterrupted && failure.get() != null) {
                return;
            }
        }
    }
}
