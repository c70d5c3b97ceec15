package dev.retake.replay.credential;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How sessions of one subject prove who they are at the target. Texts may hold {@code ${NAME}} for a variable of the
 * environment, so that no secret needs to stand in a file.
 *
 * @param subject surrogate of the subject, {@link #ANYONE} for those without an entry of their own
 * @param headers header fields that take the place of recorded ones
 * @param fields form or JSON fields whose recorded value is replaced in requests that log in
 * @param login a request that is sent when a session begins; null for none
 */
public record Credential(
        String subject,
        Map<String, String> headers,
        Map<String, String> fields,
        @Nullable Login login) {
    /** The subject of the default entry. */
    public static final String ANYONE = "*";

    public Credential {
        headers = Map.copyOf(headers);
        fields = Map.copyOf(fields);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Credential[" + subject + "]";
    }

    /**
     * A login request and what to take from its response.
     *
     * @param method such as {@code POST}
     * @param path request target, from {@code /}
     * @param headers header fields
     * @param body content, empty for none
     * @param extract {@code body:/POINTER}, {@code header:NAME} or {@code cookie:NAME}; null where cookies are enough
     * @param header name of the header that carries what was taken; null where {@code extract} is
     * @param template its value, {@code {}} for what was taken
     */
    public record Login(
            String method,
            String path,
            Map<String, String> headers,
            String body,
            @Nullable String extract,
            @Nullable String header,
            String template) {
        public Login {
            headers = Map.copyOf(headers);
        }

        /** Shows no secret. */
        @Override
        public String toString() {
            return "Login[" + method + " " + path + "]";
        }
    }
}
