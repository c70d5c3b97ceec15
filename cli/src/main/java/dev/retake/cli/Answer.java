package dev.retake.cli;

import java.io.PrintWriter;
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

    /** Whether the reader has gone away. */
    boolean broken() {
        return out.checkError();
    }
}
