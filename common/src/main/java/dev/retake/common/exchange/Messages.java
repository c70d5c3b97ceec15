package dev.retake.common.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What passed on a connection after it was upgraded to WebSocket. Immutable.
 *
 * @param all the messages of both sides in the order in which they were complete
 * @param cut why more passed than is here; null where this is all
 * @param clientBytes bytes that the client sent after the upgrade, frames and all, captured or not
 * @param serverBytes bytes that the server sent
 */
public record Messages(List<Message> all, @Nullable Cut cut, long clientBytes, long serverBytes) {

    public Messages {
        all = List.copyOf(all);
    }

    /** Why the capture of messages ended before the connection did. */
    public enum Cut {
        /** The connection carried more bytes than are captured of one. */
        BYTES("bytes"),
        /** It carried more messages than are captured of one. */
        COUNT("count"),
        /** Decompressed, it carried more than is recorded of one. */
        INFLATED("inflated"),
        /** What captures of streams may pin was used up. */
        BUDGET("budget"),
        /** The event loop lagged, and capture gave way to traffic. */
        LAG("lag"),
        /** A frame or the handshake was not as RFC 6455 and RFC 7692 have it, so nothing after it can be told. */
        PROTOCOL("protocol");

        private final String text;

        Cut(String text) {
            this.text = text;
        }

        /** The name used in metrics and in every output format. */
        public String text() {
            return text;
        }
    }

    /** Whether something of it is missing: messages, or the end of one. */
    public boolean truncated() {
        return cut != null || all.stream().anyMatch(Message::truncated);
    }

    /** The same connection with other messages. */
    public Messages with(List<Message> replaced) {
        return new Messages(replaced, cut, clientBytes, serverBytes);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "Messages[" + all.size() + "]";
    }
}
