package dev.retake.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the command line writes JSON and times. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** RFC 3339 in UTC with milliseconds. */
    static String time(long epochMicros) {
        return TIME.format(Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS));
    }

    static @Nullable String time(@Nullable Long epochMicros) {
        return epochMicros == null ? null : time(epochMicros.longValue());
    }
}
