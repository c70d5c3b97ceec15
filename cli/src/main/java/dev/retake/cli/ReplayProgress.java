package dev.retake.cli;

import dev.retake.common.terminal.VisibleText;
import dev.retake.replay.ReplayListener;
import java.io.PrintWriter;

/** Tells a person how far a run is: a line that is written over on a terminal, a line every ten seconds elsewhere. */
final class ReplayProgress implements ReplayListener, AutoCloseable {
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 10_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private long shownAt = System.nanoTime();
    private boolean lineOpen;

    private ReplayProgress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static ReplayProgress on(PrintWriter err, boolean terminal) {
        return new ReplayProgress(err, terminal);
    }

    @Override
    public synchronized void progressed(Progress progress) {
        long now = System.nanoTime();
        if (now - shownAt < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            return;
        }
        shownAt = now;
        String line = "replaying: %,d sessions, %,d exchanges, %,d requests sent"
                .formatted(progress.sessions(), progress.exchanges(), progress.sent());
        if (terminal) {
            err.print("\r" + line);
            lineOpen = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    @Override
    public synchronized void warned(String sentence) {
        line("warning: " + sentence);
    }

    @Override
    public synchronized void hookWrote(String line) {
        line(VisibleText.line(line));
    }

    private void line(String text) {
        close();
        err.println(text);
        err.flush();
    }

    /** Ends a line that is being written over. */
    @Override
    public synchronized void close() {
        if (lineOpen) {
            err.println();
            err.flush();
            lineOpen = false;
        }
    }
}
