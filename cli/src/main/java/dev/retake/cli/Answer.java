package dev.retake.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Standard output: answers only, a line at a time, so that a reader downstream sees each as it comes. */
final class Answer {
    private final PrintWriter out;

    private Answer(PrintWriter out) {
        this.out = out;
    }

    static Answer to(CommandSpec spec) {
        return new Answer(spec.commandLine().getOut());
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** {@code 1 session}, {@code 2,000 sessions}. */
    static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    /** Whether the reader has gone away. */
    boolean broken() {
        return out.checkError();
    }
}
