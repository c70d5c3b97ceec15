package dev.retake.pipeline.stream;

import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages out of what passed on a connection after it was upgraded to WebSocket. Given any bytes it ends with
 * the messages up to the first that it does not understand, within bounds on their number and their size. For one
 * connection and one thread; it must be ended.
 */
public final class WebSocketReader {
    /** More than so many messages of one connection are not recorded. */
    public static final int MOST = 10_000;

    private final List<Message> messages = new ArrayList<>();
    private final @Nullable MessageInflater clientInflater;
    private final @Nullable MessageInflater serverInflater;
    private final FrameReader client;
    private final FrameReader server;
    private Messages.@Nullable Cut cut;

    private WebSocketReader(@Nullable Handshake handshake, int maxInflated) {
        clientInflater = handshake == null ? null : handshake.inflater(maxInflated);
        serverInflater = handshake == null ? null : handshake.inflater(maxInflated);
        client = new FrameReader(false, clientInflater, this::add);
        server = new FrameReader(true, serverInflater, this::add);
        if (handshake == null) {
            cut = Messages.Cut.PROTOCOL;
        }
    }

    /**
     * A reader of what followed the handshake in these heads; of nothing where they are none.
     *
     * @param maxInflated bytes that compressed messages of one side may have together
     */
    public static WebSocketReader of(Request request, Response response, int maxInflated) {
        return new WebSocketReader(Handshake.of(request, response), maxInflated);
    }

    /**
     * Reads {@code bytes[from, to)}, which one side sent.
     *
     * @param nanos since the exchange was accepted, when they passed
     * @return whether more is wanted
     */
    public boolean piece(boolean fromServer, byte[] bytes, int from, int to, long nanos) {
        if (cut != null) {
            return false;
        }
        FrameReader reader = fromServer ? server : client;
        reader.read(bytes, from, to, nanos);
        if (cut == null) {
            cut = reader.broken();
        }
        return cut == null;
    }

    /**
     * The messages, in the order in which they were whole, or in which the last of them came.
     *
     * @param earlier why the pieces ended before the connection did, null where they did not
     */
    public Messages end(Messages.@Nullable Cut earlier, long clientBytes, long serverBytes) {
        client.end();
        server.end();
        close(clientInflater);
        close(serverInflater);
        messages.sort(Comparator.comparingLong(Message::atNanos));
        return new Messages(messages, cut == null ? earlier : cut, clientBytes, serverBytes);
    }

    private void add(Message message) {
        if (messages.size() < MOST) {
            messages.add(message);
        } else if (cut == null) {
            cut = Messages.Cut.COUNT;
        }
    }

    private static void close(@Nullable MessageInflater inflater) {
        if (inflater != null) {
            inflater.close();
        }
    }
}
