package dev.retake.cli;

/**
 * Whether a person watches. The launcher tells, since Java 17 cannot ask for one stream and newer Javas answer otherwise.
 */
final class Terminal {
    private Terminal() {}

    /** Whether standard output is a terminal. */
    static boolean out() {
        return Boolean.getBoolean("retake.terminal.out");
    }

    /** Whether standard error is a terminal. */
    static boolean err() {
        return Boolean.getBoolean("retake.terminal.err");
    }

    /** Whether answers may be coloured; see no-color.org. */
    static boolean colour() {
        return out() && System.getenv("NO_COLOR") == null;
    }
}
