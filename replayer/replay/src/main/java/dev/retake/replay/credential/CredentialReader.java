package dev.retake.replay.credential;

import dev.retake.common.config.ConfigType;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.replay.credential.Credential.Login;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code replay.credentials}. Its errors name the entry and the field and never quote a value, since the values
 * are secrets.
 */
public final class CredentialReader {
    private static final String ALLOWED = "a list of entries with subject and one of headers, fields or login";
    private static final Set<String> ENTRY = Set.of("subject", "headers", "fields", "login");
    private static final Set<String> LOGIN = Set.of("request", "headers", "body", "extract", "header");

    private final int number;

    private CredentialReader(int number) {
        this.number = number;
    }

    /** The type of the setting. */
    public static ConfigType<List<Credential>> type() {
        return new ConfigType<>(ALLOWED, "array", CredentialReader::read, credentials -> "[]");
    }

    private static List<Credential> read(JsonNode list) {
        if (!list.isArray()) {
            throw new RetakeException(ErrorCode.CONFIGURATION, "replay.credentials must be " + ALLOWED + ".");
        }
        List<Credential> credentials = new ArrayList<>();
        for (JsonNode entry : list) {
            credentials.add(new CredentialReader(credentials.size() + 1).entry(entry));
        }
        return List.copyOf(credentials);
    }

    private Credential entry(JsonNode entry) {
        onlyKnown(entry, ENTRY);
        Map<String, String> headers = texts(entry, "headers");
        Map<String, String> fields = texts(entry, "fields");
        JsonNode login = entry.path("login");
        if (headers.isEmpty() && fields.isEmpty() && login.isMissingNode()) {
            throw refused("has no headers, fields or login; give one of them");
        }
        return new Credential(
                entry.path("subject").asString(Credential.ANYONE),
                headers,
                fields,
                login.isMissingNode() ? null : login(login));
    }

    private Login login(JsonNode login) {
        onlyKnown(login, LOGIN);
        String[] request = text(login, "request", "").split(" ", 2);
        if (request.length != 2 || !request[1].startsWith("/")) {
            throw refused("has no login.request; write it like POST /login");
        }
        @Nullable String extract = login.hasNonNull("extract") ? text(login, "extract", "") : null;
        if (extract != null && !extract.matches("body:/.*|header:.+|cookie:.+")) {
            throw refused("has a login.extract that is not body:/POINTER, header:NAME or cookie:NAME; mend it");
        }
        String header = text(login, "header", extract == null ? "" : "Authorization: Bearer {}");
        if (extract == null && !header.isEmpty()) {
            throw refused("has a login.header without a login.extract; say what to take from the response");
        }
        int colon = header.indexOf(':');
        if (!header.isEmpty() && (colon <= 0 || !header.contains("{}"))) {
            throw refused("has a login.header that is not like Authorization: Bearer {}; mend it");
        }
        return new Login(
                request[0],
                request[1],
                texts(login, "headers"),
                text(login, "body", ""),
                extract,
                header.isEmpty() ? null : header.substring(0, colon).trim(),
                header.isEmpty() ? "" : header.substring(colon + 1).trim());
    }

    private Map<String, String> texts(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw refused("has " + name + " that are no section; write NAME: VALUE below it");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            texts.put(field.getKey(), text(node, field.getKey(), ""));
        }
        return texts;
    }

    private String text(JsonNode parent, String name, String otherwise) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isValueNode() || node.isNull()) {
            throw refused("has a " + name + " that is no text; put it in quotes");
        }
        return node.asString();
    }

    private void onlyKnown(JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw refused("is no section; it must have "
                    + String.join(", ", known.stream().sorted().toList()));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw refused("sets " + field.getKey() + ", which is no setting; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private RetakeException refused(String how) {
        return new RetakeException(ErrorCode.CONFIGURATION, "replay.credentials: entry " + number + " " + how + ".");
    }
}
