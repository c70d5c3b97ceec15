package dev.retake.journal.record;

import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Withheld;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages at the end of an exchange record; {@link ExchangeCodec} draws them. */
final class MessagesCodec {
    private static final int FROM_SERVER = 1;
    private static final int TRUNCATED = 2;
    private static final int WITHHELD = 4;
    private static final int DIGEST = 8;

    /** Each byte of a message's head, and its empty content. */
    private static final int LEAST = 6;

    private MessagesCodec() {}

    static void write(Messages messages, RecordOutput out) {
        Messages.Cut cut = messages.cut();
        out.u8(cut == null ? 0 : number(cut));
        out.varint(messages.clientBytes());
        out.varint(messages.serverBytes());
        out.varint(messages.all().size());
        for (Message message : messages.all()) {
            write(message, out);
        }
    }

    private static void write(Message message, RecordOutput out) {
        Withheld withheld = message.withheld();
        byte[] digest = message.digest();
        out.u8(number(message.kind()));
        out.u8((message.fromServer() ? FROM_SERVER : 0)
                | (message.truncated() ? TRUNCATED : 0)
                | (withheld != null ? WITHHELD : 0)
                | (digest != null ? DIGEST : 0));
        out.varint(message.atNanos());
        out.varint(message.size());
        out.varint(message.code());
        out.bytes(message.bytes());
        if (withheld != null) {
            out.u8(ExchangeCodec.number(withheld));
        }
        if (digest != null) {
            out.bytes(digest);
        }
    }

    static Messages read(RecordInput in) throws UnreadableException {
        int cut = in.u8();
        long clientBytes = in.varint();
        long serverBytes = in.varint();
        int count = in.count(LEAST);
        List<Message> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(readMessage(in));
        }
        return new Messages(all, cut == 0 ? null : cut(cut), clientBytes, serverBytes);
    }

    private static Message readMessage(RecordInput in) throws UnreadableException {
        Message.Kind kind = kind(in.u8());
        int flags = in.u8();
        long at = in.varint();
        int size = in.integer();
        int code = in.integer();
        byte[] bytes = in.bytes();
        Withheld withheld = (flags & WITHHELD) != 0 ? ExchangeCodec.withheld(in.u8()) : null;
        byte @Nullable [] digest = (flags & DIGEST) != 0 ? in.bytes() : null;
        return new Message(
                kind, (flags & FROM_SERVER) != 0, at, bytes, size, code, (flags & TRUNCATED) != 0, withheld, digest);
    }

    private static int number(Message.Kind kind) {
        return switch (kind) {
            case TEXT -> 1;
            case BINARY -> 2;
            case CLOSE -> 3;
            case PING -> 4;
            case PONG -> 5;
        };
    }

    private static Message.Kind kind(int number) throws UnreadableException {
        for (Message.Kind kind : Message.Kind.values()) {
            if (number(kind) == number) {
                return kind;
            }
        }
        throw new UnreadableException("has a kind of message that this version does not know");
    }

    private static int number(Messages.Cut cut) {
        return switch (cut) {
            case BYTES -> 1;
            case COUNT -> 2;
            case INFLATED -> 3;
            case BUDGET -> 4;
            case LAG -> 5;
            case PROTOCOL -> 6;
        };
    }

    private static Messages.Cut cut(int number) throws UnreadableException {
        for (Messages.Cut cut : Messages.Cut.values()) {
            if (number(cut) == number) {
                return cut;
            }
        }
        throw new UnreadableException("has a reason for cutting that this version does not know");
    }
}
