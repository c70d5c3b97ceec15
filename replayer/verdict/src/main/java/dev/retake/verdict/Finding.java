package dev.retake.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cause: the same thing changed in the same place, however many exchanges show it.
 *
 * @param id stable across runs: the same cause has the same id tomorrow
 * @param operation the most frequent of {@code operations}, ties alphabetical
 * @param operations all that show it
 * @param location a JSON Pointer with {@code *} for array positions, or {@code header:Name}, {@code status},
 *     {@code body}, {@code latency}
 * @param count exchanges that show it
 * @param sessions ids of sessions that show it, the shortest first
 * @param explanation one sentence in plain words
 */
public record Finding(
        String id,
        Kind kind,
        String operation,
        List<String> operations,
        String location,
        Severity severity,
        int count,
        List<String> sessions,
        Example example,
        String explanation,
        Status status) {

    /** What kind of change it is. */
    public enum Kind {
        STATUS("status"),
        HEADER("header"),
        FIELD_CHANGED("field-changed"),
        FIELD_MISSING("field-missing"),
        FIELD_ADDED("field-added"),
        TYPE_CHANGED("type-changed"),
        ORDER("order"),
        BODY("body"),
        LATENCY("latency"),
        TRANSPORT("transport"),
        EXPOSURE("exposure");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name used in every output format. */
        public String text() {
            return text;
        }
    }

    /** How much a user would be hurt. */
    public enum Severity {
        CRITICAL,
        MAJOR,
        MINOR,
        INFO
    }

    /** Against the team's baseline. */
    public enum Status {
        NEW,
        KNOWN,
        FIXED
    }

    /**
     * One exchange that shows it.
     *
     * @param exchange id of the recorded exchange
     * @param before the recorded value as JSON text, at most 200 characters, null when absent
     * @param after the target's value likewise, masked
     * @param curl a command that sends the request again
     */
    public record Example(
            String exchange,
            @Nullable String before,
            @Nullable String after,
            String curl) {}
}
