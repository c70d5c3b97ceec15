package dev.retake.privacy.protobuf;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.rule.FieldRule;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Sanitizes bytes of which no descriptor says what they are. Text is walked as text. All else may hold anything, so none of
 * it stays: short ones, ids and hashes mostly, become as many other bytes, the same for the same, as their base64 has a
 * surrogate in JSON; longer ones are emptied.
 */
public final class OpaqueBytes {
    private static final int LONGEST = 1_024;
    private static final int SHORTEST_MESSAGE = 4;

    private OpaqueBytes() {}

    /** Sanitizes {@code source[from, to)}, a value of {@code field}. */
    public static void walk(Leaves leaves, Field field, byte[] source, int from, int to, int level, Edits edits) {
        if (from == to) {
            return;
        }
        if (Utf8.isText(source, from, to) && !looksLikeMessage(source, from, to)) {
            leaves.value(field, source, from, to, Escaping.NONE, level, edits);
            return;
        }
        FieldRule rule = field.rule();
        if (rule != null && rule.action() == Action.KEEP) {
            return;
        }
        boolean replaced = rule == null || rule.action() == Action.PSEUDONYMIZE;
        edits.add(from, to, replaced && to - from <= LONGEST ? other(leaves, field, source, from, to) : new byte[0]);
    }

    private static byte[] other(Leaves leaves, Field field, byte[] source, int from, int to) {
        byte[] bytes = new byte[to - from];
        System.arraycopy(source, from, bytes, 0, bytes.length);
        byte[] base64 = Base64.getEncoder().encode(bytes);
        Edits edits = new Edits();
        leaves.standsIn(field);
        leaves.opaque(base64, 0, base64.length, edits);
        leaves.standsIn(leaves.fields().nameless());
        try {
            return Base64.getDecoder().decode(edits.apply(base64, 0, base64.length));
        } catch (IllegalArgumentException e) {
            return new byte[0]; // masked rather than replaced
        }
    }

    /** Whether text is the wire format of a message all through: one that is short enough has only printable bytes. */
    private static boolean looksLikeMessage(byte[] source, int from, int to) {
        WireReader reader = new WireReader(source, from, to);
        boolean nests = false;
        while (reader.next()) {
            if (reader.wire() == WireReader.SGROUP || reader.wire() == WireReader.EGROUP) {
                return false;
            }
            nests |= reader.wire() == WireReader.LEN && reader.at() - reader.from() >= SHORTEST_MESSAGE;
        }
        return nests && !reader.isBroken();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
