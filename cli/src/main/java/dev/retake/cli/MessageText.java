package dev.retake.cli;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.EventBlock;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Response;
import dev.retake.common.terminal.VisibleText;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages of an exchange, of a WebSocket or of an event stream, as JSON for a program or as lines for a person. */
final class MessageText {
    private MessageText() {}

    /** Adds {@code messages} and what belongs to them, where {@code exchange} has some. */
    static void addTo(ObjectNode line, Exchange exchange) {
        Messages messages = exchange.messages();
        Body events = events(exchange);
        if (messages != null) {
            ArrayNode list = line.putArray("messages");
            messages.all().forEach(message -> json(list.addObject(), message));
            line.put(
                    "messagesCut",
                    messages.cut() == null ? null : messages.cut().text());
            line.putObject("messageBytes").put("client", messages.clientBytes()).put("server", messages.serverBytes());
        } else if (events != null) {
            ArrayNode list = line.putArray("messages");
            new Events(events).each((block, data, at, size) -> {
                ObjectNode node = list.addObject();
                node.put("atMs", at);
                node.put("from", "server");
                node.put("type", type(block));
                node.put("size", size);
                content(node, data);
                node.put("truncated", !block.whole() && events.truncated());
                node.putNull("withheld");
            });
        }
    }

    private static void json(ObjectNode node, Message message) {
        node.put("atMs", ExchangeText.millis(message.atNanos()));
        node.put("from", message.fromServer() ? "server" : "client");
        node.put("type", message.kind().text());
        if (message.kind() == Message.Kind.CLOSE) {
            node.put("code", message.code() == 0 ? null : message.code());
        }
        node.put("size", message.size());
        content(node, message.bytes());
        node.put("truncated", message.truncated());
        node.put(
                "withheld",
                message.withheld() == null ? null : message.withheld().text());
    }

    private static void content(ObjectNode node, byte[] bytes) {
        String text = ExchangeText.utf8(bytes);
        node.put("data", text == null ? ExchangeText.base64(bytes) : text);
        node.put("dataEncoding", text == null ? "base64" : "text");
    }

    /** A line for each message. */
    static String lines(Exchange exchange) {
        Messages messages = exchange.messages();
        Body events = events(exchange);
        StringBuilder text = new StringBuilder();
        if (messages != null) {
            messages.all().forEach(message -> line(text, message));
            if (messages.cut() != null) {
                text.append("[capture of messages cut: ")
                        .append(messages.cut().text())
                        .append("; ")
                        .append(messages.clientBytes())
                        .append(" bytes from the client and ")
                        .append(messages.serverBytes())
                        .append(" from the server in all]\n");
            }
        } else if (events != null) {
            new Events(events)
                    .each((block, data, at, size) -> line(text, true, at, type(block), size, shown(data), false));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Message message) {
        String shown = message.withheld() == null
                ? shown(message.bytes())
                : "[withheld: " + message.withheld().text() + "]";
        String code = message.code() == 0 ? "" : message.code() + (shown.isEmpty() ? "" : " ");
        line(
                text,
                message.fromServer(),
                ExchangeText.millis(message.atNanos()),
                message.kind().text(),
                message.size(),
                code + shown,
                message.truncated());
    }

    private static void line(
            StringBuilder text,
            boolean fromServer,
            @Nullable Double at,
            String type,
            int size,
            String shown,
            boolean truncated) {
        text.append(fromServer ? "<< " : ">> ")
                .append(at == null ? "" : "%.1f ms ".formatted(at))
                .append(type)
                .append(' ')
                .append(size)
                .append(" bytes")
                .append(shown.isEmpty() ? "" : ": " + shown)
                .append(truncated ? " [truncated]" : "")
                .append('\n');
    }

    private static String shown(byte[] bytes) {
        String text = ExchangeText.utf8(bytes);
        return text == null ? "[not text]" : VisibleText.line(text);
    }

    private static String type(EventBlock block) {
        return block.comment() ? "comment" : "event";
    }

    /** The body of an event stream, null where there is none to show. */
    private static @Nullable Body events(Exchange exchange) {
        Response response = exchange.response();
        if (response == null || response.body().bytes().length == 0) {
            return null;
        }
        MediaType type = MediaType.parse(response.headers().first("Content-Type"));
        return type.family() == MediaType.Family.EVENT_STREAM ? response.body() : null;
    }

    /** Who is shown the events, one by one. */
    @FunctionalInterface
    private interface EventReader {
        void event(EventBlock block, byte[] data, @Nullable Double atMs, int size);
    }

    /**
     * The events of a sanitized body with the times and sizes that were noted before it was sanitized: sanitizing leaves
     * lines and their order as they are. Should their number differ for all that, nobody can tell which is whose.
     */
    private record Events(Body body) {
        void each(EventReader reader) {
            List<EventBlock> blocks = EventBlock.of(body.bytes());
            long[] times = body.chunkTimes();
            long whole = blocks.stream().filter(EventBlock::whole).count();
            boolean known = times.length == 2 * whole;
            int start = 0;
            for (int i = 0; i < blocks.size(); i++) {
                EventBlock block = blocks.get(i);
                boolean timed = known && block.whole();
                int end = timed ? (int) times[2 * i] : 0;
                reader.event(
                        block,
                        Arrays.copyOfRange(body.bytes(), block.from(), block.to()),
                        timed ? ExchangeText.millis(times[2 * i + 1]) : null,
                        timed ? end - start : block.end() - block.from());
                start = timed ? end : start;
            }
        }
    }
}
