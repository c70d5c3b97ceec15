package dev.retake.cli;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.common.terminal.VisibleText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An exchange as a JSON line for a program, or as a block of text for a person. */
final class ExchangeText {
    private static final double NANOS_PER_MILLI = 1e6;

    private ExchangeText() {}

    static String json(Exchange exchange) {
        Request request = exchange.request();
        @Nullable Response response = exchange.response();
        ObjectNode line = Json.object();
        line.put("id", exchange.id().toString());
        line.put("seq", exchange.sequence());
        line.put("started", Json.time(exchange.timings().acceptedAt()));
        line.put("method", request.method());
        line.put("path", request.target());
        line.put("status", response == null ? null : response.status());
        message(line.putObject("request"), request.headers(), request.body());
        if (response == null) {
            message(line.putObject("response"), Headers.EMPTY, Body.EMPTY);
        } else {
            message(line.putObject("response"), response.headers(), response.body());
        }
        Timings timings = exchange.timings();
        ObjectNode times = line.putObject("timings");
        times.put("connectMs", millis(timings.connectedNs()));
        times.put("sentMs", millis(timings.sentNs()));
        times.put("firstByteMs", millis(timings.firstByteNs()));
        times.put("lastByteMs", millis(timings.lastByteNs()));
        line.put("outcome", exchange.outcome().text());
        MessageText.addTo(line, exchange);
        return line.toString();
    }

    private static void message(ObjectNode node, Headers headers, Body body) {
        ArrayNode fields = node.putArray("headers");
        for (int i = 0; i < headers.size(); i++) {
            fields.addArray().add(headers.name(i)).add(headers.value(i));
        }
        String text = utf8(body.bytes());
        node.put("body", text == null ? base64(body.bytes()) : text);
        node.put("bodyEncoding", text == null ? "base64" : "text");
        node.put("size", body.size());
        node.put("truncated", body.truncated());
        node.put("withheld", body.withheld() == null ? null : body.withheld().text());
    }

    static String block(Exchange exchange) {
        Request request = exchange.request();
        @Nullable Response response = exchange.response();
        StringBuilder text = new StringBuilder();
        text.append("-- %d  %s  %s  %s\n"
                .formatted(
                        exchange.sequence(),
                        Json.time(exchange.timings().acceptedAt()),
                        exchange.id(),
                        exchange.outcome().text()));
        text.append("> ")
                .append(VisibleText.line(request.method() + " " + request.target()))
                .append('\n');
        message(text, "> ", request.headers(), request.body());
        if (response != null) {
            text.append("< ").append(response.status()).append(' ').append(VisibleText.line(response.reason()));
            Double last = millis(exchange.timings().lastByteNs());
            text.append(last == null ? "" : "  (%.1f ms)".formatted(last)).append('\n');
            message(text, "< ", response.headers(), response.body());
        }
        text.append(MessageText.lines(exchange));
        return text.toString();
    }

    private static void message(StringBuilder text, String mark, Headers headers, Body body) {
        for (int i = 0; i < headers.size(); i++) {
            text.append(mark)
                    .append(VisibleText.line(headers.name(i) + ": " + headers.value(i)))
                    .append('\n');
        }
        if (body.isEmpty()) {
            return;
        }
        text.append(mark.trim()).append('\n');
        String content = utf8(body.bytes());
        if (body.withheld() != null) {
            text.append(mark)
                    .append("[")
                    .append(body.size())
                    .append(" bytes, withheld: ")
                    .append(body.withheld().text())
                    .append("]\n");
        } else if (content == null) {
            text.append(mark).append("[").append(body.size()).append(" bytes, not text]\n");
        } else {
            content.lines()
                    .forEach(line ->
                            text.append(mark).append(VisibleText.line(line)).append('\n'));
        }
        if (body.truncated()) {
            text.append(mark).append("[truncated; ").append(body.size()).append(" bytes in all]\n");
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static @Nullable Double millis(long nanos) {
        return nanos == Timings.UNKNOWN ? null : Math.round(nanos / NANOS_PER_MILLI * 1e3) / 1e3;
    }

    /** The bytes as text, null where they are not UTF-8. */
    static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
