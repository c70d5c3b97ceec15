package dev.retake.proxy.framing;

import dev.retake.proxy.framing.StrictReader.Reading;
import dev.retake.proxy.framing.StrictReader.Request;
import dev.retake.proxy.framing.WireText.End;
import dev.retake.proxy.http1.BodyScanner;
import dev.retake.proxy.http1.ContentSink;
import dev.retake.proxy.http1.Head;
import dev.retake.proxy.http1.HeadLimits;
import dev.retake.proxy.http1.HeadParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The relay's own reading of one connection, packet by packet, in the terms of {@link StrictReader}. */
final class RelayReader implements ContentSink {
    private static final HeadLimits ROOMY = new HeadLimits(1 << 20, 1 << 20, 10_000);

    private final HeadParser parser = new HeadParser(ROOMY);
    private final BodyScanner scanner = new BodyScanner(1 << 20, false);
    private final List<Request> requests = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private final ByteBuf waiting = Unpooled.buffer();
    private String method = "";
    private String target = "";
    private boolean inBody;
    private boolean refused;

    private RelayReader() {}

    /** Reads {@code text}, one char a byte, that comes in packets which end at {@code cuts}. */
    static Reading read(String text, int... cuts) {
        RelayReader reader = new RelayReader();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int cut : cuts) {
            reader.packet(bytes, from, cut);
            from = cut;
        }
        reader.packet(bytes, from, bytes.length);
        return new Reading(List.copyOf(reader.requests), reader.end());
    }

    private End end() {
        if (refused) {
            return End.REFUSED;
        }
        return inBody || waiting.isReadable() ? End.PARTIAL : End.NOTHING;
    }

    private void packet(byte[] bytes, int from, int to) {
        waiting.writeBytes(bytes, from, to - from);
        boolean progress = true;
        while (progress && !refused && waiting.isReadable()) {
            progress = inBody ? body() : head();
        }
    }

    private boolean head() {
        switch (parser.request(waiting)) {
            case INCOMPLETE -> {
                if (parser.head().start() == waiting.readableBytes()) {
                    waiting.clear(); // empty lines alone
                }
                return false;
            }
            case REFUSED -> {
                refused = true;
                return false;
            }
            case ACCEPTED -> begin(parser.head());
        }
        return true;
    }

    private void begin(Head head) {
        String[] line = new String(head.copy(), StandardCharsets.ISO_8859_1).split(" ", 3);
        method = line[0];
        target = line[1];
        content.setLength(0);
        waiting.skipBytes(head.end());
        if (head.chunked()) {
            scanner.chunked();
        } else if (head.contentLength() > 0) {
            scanner.length(head.contentLength());
        } else {
            scanner.none();
        }
        inBody = true;
        body();
    }

    private boolean body() {
        waiting.skipBytes(scanner.scan(waiting, this));
        refused = scanner.refusal() != null;
        if (!refused && scanner.complete()) {
            requests.add(new Request(method, target, content.toString()));
            inBody = false;
        }
        return !inBody;
    }

    @Override
    public void content(ByteBuf buffer, int index, int length) {
        content.append(buffer.toString(index, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void trailer(byte b) {}
}
