package dev.retake.cli;

import java.util.Arrays;
import java.util.List;

/** Sets the log level before the first logger exists: a server says what it does, other verbs only what is wrong. */
final class Logging {
    /** Names the level; an operator may set it first. */
    static final String LEVEL = "retake.log.level";

    private Logging() {}

    static void configure(String... arguments) {
        if (System.getProperty(LEVEL) != null) {
            return;
        }
        List<String> words = Arrays.asList(arguments);
        boolean server = !words.isEmpty() && words.get(0).equals("proxy");
        System.setProperty(LEVEL, words.contains("--verbose") ? "DEBUG" : server ? "INFO" : "WARN");
    }
}
