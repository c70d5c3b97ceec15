package dev.retake.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * How far long work is, on standard error: one line that is written over on a terminal, a line every ten seconds
 * elsewhere. Not thread-safe.
 */
final class ProgressLine implements AutoCloseable {
    private static final long TERMINAL_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 10_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private long shownAt = System.nanoTime();
    private int shownLength;

    private ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, Terminal.err());
    }

    /** Shows {@code text}, which is only asked for when it is time for it. */
    void show(Supplier<String> text) {
        long now = System.nanoTime();
        if (now - shownAt < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            return;
        }
        shownAt = now;
        String line = text.get();
        if (terminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, shownLength - line.length())));
            shownLength = line.length();
        } else {
            err.println(line);
        }
        err.flush();
    }

    /** A bar of 20 characters with what is done of {@code whole}, and how much that is. */
    static String bar(long done, long whole) {
        int parts = whole <= 0 ? 20 : (int) Math.min(20, done * 20 / whole);
        long percent = whole <= 0 ? 100 : Math.min(100, done * 100 / whole);
        return "[" + "#".repeat(parts) + "-".repeat(20 - parts) + "] " + percent + " %";
    }

    /** Clears a line that is being written over, so that what follows stands alone. */
    @Override
    public void close() {
        if (shownLength > 0) {
            err.print("\r" + " ".repeat(shownLength) + "\r");
            err.flush();
            shownLength = 0;
        }
    }
}
