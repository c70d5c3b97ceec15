package dev.retake.cli.demo.shop;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the shop answers, before it is written to the wire: bodies are still documents. Immutable. */
public record Reply(int status, List<Header> headers, Content content) {

    public Reply {
        headers = List.copyOf(headers);
    }

    /** A header field. */
    public record Header(String name, String value) {}

    /** What a reply carries. */
    public sealed interface Content {}

    /** No body. */
    public record Nothing() implements Content {}

    /** A JSON document. */
    public record Json(JsonNode document) implements Content {}

    /** Text in a charset; its type stands in the headers. */
    public record Text(String text, Charset charset) implements Content {}

    /** JSON documents, one a line, each sent as soon as it is there. */
    public record Lines(List<ObjectNode> lines) implements Content {}

    /** A reply without a body. */
    public static Reply empty(int status) {
        return new Reply(status, List.of(), new Nothing());
    }

    /** A JSON reply. */
    public static Reply json(int status, JsonNode document) {
        return new Reply(status, List.of(new Header("Content-Type", "application/json")), new Json(document));
    }

    /** A text reply. */
    public static Reply text(int status, String type, String text, Charset charset) {
        String contentType = type + "; charset=" + charset.name().toLowerCase(Locale.ROOT);
        return new Reply(status, List.of(new Header("Content-Type", contentType)), new Text(text, charset));
    }

    /** A streamed reply. */
    public static Reply lines(List<ObjectNode> lines) {
        return new Reply(200, List.of(new Header("Content-Type", "application/x-ndjson")), new Lines(lines));
    }

    /** An error by RFC 9457. */
    public static Reply problem(int status, String code, String detail) {
        ObjectNode problem = Documents.object();
        problem.put("type", "about:blank")
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        return json(status, problem).withHeader("Content-Type", "application/problem+json");
    }

    /** The first header {@code name} in any case, null where there is none. */
    public @Nullable String header(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return null;
    }

    /** The same reply with header {@code name} set, at its place if it has one. */
    public Reply withHeader(String name, String value) {
        List<Header> changed = new ArrayList<>();
        boolean placed = false;
        for (Header header : headers) {
            boolean same = header.name().equalsIgnoreCase(name);
            changed.add(same ? new Header(name, value) : header);
            placed |= same;
        }
        if (!placed) {
            changed.add(new Header(name, value));
        }
        return new Reply(status, changed, content);
    }

    /** The same reply without header {@code name}. */
    public Reply withoutHeader(String name) {
        return new Reply(
                status,
                headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList(),
                content);
    }

    /** The same reply with another status. */
    public Reply withStatus(int changed) {
        return new Reply(changed, headers, content);
    }

    /** The same reply with its JSON object changed; others stay as they are. */
    public Reply withDocument(Consumer<ObjectNode> change) {
        if (content instanceof Json json && json.document() instanceof ObjectNode object) {
            ObjectNode copy = object.deepCopy();
            change.accept(copy);
            return new Reply(status, headers, new Json(copy));
        }
        return this;
    }

    /** The same reply with its text changed; others stay as they are. */
    public Reply withText(UnaryOperator<String> change) {
        return content instanceof Text text
                ? new Reply(status, headers, new Text(change.apply(text.text()), text.charset()))
                : this;
    }
}
