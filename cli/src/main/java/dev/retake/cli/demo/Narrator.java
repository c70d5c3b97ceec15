package dev.retake.cli.demo;

import java.io.PrintStream;

/** Tells what happens, stage by stage, in lines that fit a terminal. */
final class Narrator {
    private static final int COLUMNS = 80;
    private static final String INDENT = "   ";

    private final PrintStream out;
    private int stage;

    Narrator(PrintStream out) {
        this.out = out;
    }

    /** What this is. */
    void title(String text) {
        out.println(text);
    }

    /** Begins a stage. */
    void stage(String title) {
        stage++;
        out.println();
        out.println(stage + ". " + title);
    }

    /** A sentence or more within a stage. */
    void say(String text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : text.split(" ")) {
            if (line.length() > INDENT.length() && line.length() + word.length() >= COLUMNS) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    /** A line that stays as it is. */
    void line(String text) {
        out.println((INDENT + text).stripTrailing());
    }

    /** An empty line. */
    void gap() {
        out.println();
    }
}
