package dev.retake.privacy.protobuf;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import java.nio.charset.StandardCharsets;

/**
 * Walks one protobuf message by its descriptor in one pass over its bytes: strings, bytes and numbers as JSON has them
 * under the same names, messages in any depth that protobuf's own parsers allow. What is replaced is spliced, and the
 * lengths around it are written anew; all else stays byte for byte.
 *
 * <p>A field that the descriptor does not have, or has with another wire type, may hold anything: it is removed, and
 * counted. Bytes that are no message are refused as a whole. Not thread-safe.
 */
public final class ProtobufWalker {
    /** Messages inside one another, as protobuf's own parsers allow by default. */
    private static final int DEEPEST = 100;

    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final Leaves leaves;
    private final Descriptors descriptors;
    private final byte[] source;
    private final int level;
    private int removed;

    /**
     * A walker of messages in {@code source}.
     *
     * @param descriptors of what {@code Any} may hold
     * @param level how many documents the message is nested in
     */
    public ProtobufWalker(Leaves leaves, Descriptors descriptors, byte[] source, int level) {
        this.leaves = leaves;
        this.descriptors = descriptors;
        this.source = source;
        this.level = level;
    }

    /**
     * Walks {@code source[from, to)}.
     *
     * @param cut the message goes on after {@code to}, where the capture ended: the field that is cut is removed
     * @return whether it is a message; where it is none, {@code edits} are of no use
     */
    public boolean walk(MessageType type, int from, int to, boolean cut, Edits edits) {
        Field root = leaves.fields().protobuf().typed(type.simpleName(), 0, type.simpleName().length);
        if (!cut) {
            return message(type, root, from, to, 0, edits);
        }
        WireReader reader = new WireReader(source, from, to);
        int whole = from;
        while (reader.next() && (reader.wire() != WireReader.SGROUP || reader.skipGroup())) {
            if (reader.wire() == WireReader.EGROUP) {
                return false;
            }
            whole = reader.at();
        }
        if (whole < to) {
            edits.add(whole, to, new byte[0]);
        }
        Edits kept = new Edits();
        boolean walked = message(type, root, from, whole, 0, kept);
        kept.into(edits);
        return walked;
    }

    /** The same for messages one after another, each after its length. */
    public boolean walkDelimited(MessageType type, int from, int to, boolean cut, Edits edits) {
        Field root = leaves.fields().protobuf().typed(type.simpleName(), 0, type.simpleName().length);
        WireReader reader = new WireReader(source, from, to);
        int whole = from;
        while (reader.nextDelimited()) {
            Edits inner = new Edits();
            if (!message(type, root, reader.from(), reader.at(), 0, inner)) {
                return false;
            }
            splice(reader, inner, edits);
            whole = reader.at();
        }
        if (cut && whole < to) {
            edits.add(whole, to, new byte[0]);
        }
        return cut || !reader.isBroken();
    }

    /** How many fields were removed since no descriptor has them. */
    public int removed() {
        return removed;
    }

    private boolean message(MessageType type, Field field, int from, int to, int depth, Edits edits) {
        if (depth > DEEPEST) {
            return false;
        }
        return switch (type.form()) {
            case ANY -> any(type, field, from, to, depth, edits);
            case MAP_ENTRY -> entry(type, field, from, to, depth, edits);
            case TIMESTAMP, DATE -> moment(type, field, from, to, edits);
            case PLAIN, TRANSPARENT -> {
                WireReader reader = new WireReader(source, from, to);
                yield fields(type, field, reader, 0, new Siblings(type, field, source, from, to), depth, edits);
            }
        };
    }

    /** Walks fields up to the end of the message, or of the group {@code group} where that is not 0. */
    private boolean fields(
            MessageType type, Field around, WireReader reader, int group, Siblings siblings, int depth, Edits edits) {
        boolean transparent = type.form() == MessageType.Form.TRANSPARENT;
        while (reader.next()) {
            if (reader.wire() == WireReader.EGROUP) {
                return group != 0 && reader.number() == group;
            }
            MessageField known = type.field(reader.number());
            if (known == null || !known.takes(reader.wire())) {
                if (!remove(reader, edits)) {
                    return false;
                }
                continue;
            }
            Field field = transparent ? around : siblings.meant(child(around, known));
            if (!value(known, field, reader, depth, edits)) {
                return false;
            }
        }
        return group == 0 && !reader.isBroken();
    }

    private boolean remove(WireReader reader, Edits edits) {
        int start = reader.start();
        if (reader.wire() == WireReader.SGROUP && !reader.skipGroup()) {
            return false;
        }
        edits.add(start, reader.at(), new byte[0]);
        removed++;
        return true;
    }

    /** The field under {@code around}, by the name that a rule knows: its own, else that which its author gave it in JSON. */
    private static Field child(Field around, MessageField known) {
        Field field = around.child(known.name(), 0, known.name().length);
        byte[] json = known.jsonName();
        if (json != null && field.rule() == null) {
            Field other = around.child(json, 0, json.length);
            return other.rule() == null ? field : other;
        }
        return field;
    }

    private boolean value(MessageField known, Field field, WireReader reader, int depth, Edits edits) {
        MessageType type = known.type();
        if (type != null) {
            Field typed = type.form() == MessageType.Form.PLAIN
                    ? field.typed(type.simpleName(), 0, type.simpleName().length)
                    : field;
            if (reader.wire() == WireReader.SGROUP) {
                // Where a group ends is not known yet, so that nothing beside a field says what it is.
                boolean plain = type.form() == MessageType.Form.PLAIN && depth < DEEPEST;
                Siblings none = new Siblings(type, typed, source, reader.at(), reader.at());
                return plain && fields(type, typed, reader, reader.number(), none, depth + 1, edits);
            }
            Edits inner = new Edits();
            boolean walked = message(type, typed, reader.from(), reader.at(), depth + 1, inner);
            splice(reader, inner, edits);
            return walked;
        }
        Edits inner = new Edits();
        switch (known.kind()) {
            case STRING -> leaves.value(field, source, reader.from(), reader.at(), Escaping.NONE, level, inner);
            case BYTES -> OpaqueBytes.walk(leaves, field, source, reader.from(), reader.at(), level, inner);
            default -> {
                if (!known.kind().isNumber()) {
                    return true;
                }
                if (reader.wire() != WireReader.LEN) {
                    number(known.kind(), field, reader, edits);
                    return true;
                }
                WireReader packed = new WireReader(source, reader.from(), reader.at());
                while (packed.nextPacked(known.kind().wire())) {
                    number(known.kind(), field, packed, inner);
                }
                if (packed.isBroken()) {
                    return false;
                }
            }
        }
        splice(reader, inner, edits);
        return true;
    }

    /** Adds edits of the value that was read last, and of the length before it. */
    private void splice(WireReader reader, Edits inner, Edits edits) {
        int growth = inner.isEmpty() ? 0 : inner.growth();
        if (growth != 0) {
            edits.add(reader.prefix(), reader.from(), WireReader.varint(reader.at() - reader.from() + growth));
        }
        inner.into(edits);
    }

    private void number(FieldKind kind, Field field, WireReader reader, Edits edits) {
        String text = kind.text(reader.value());
        if (text == null) {
            return;
        }
        byte[] digits = OpaqueBytes.utf8(text);
        Edits inner = new Edits();
        leaves.number(field, digits, 0, digits.length, inner);
        if (!inner.isEmpty()) {
            edits.add(reader.from(), reader.at(), kind.encode(inner.apply(digits, 0, digits.length)));
        }
    }

    /** Walks an entry of a map: its key is the name of its value, as in JSON. */
    private boolean entry(MessageType type, Field map, int from, int to, int depth, Edits edits) {
        MessageField key = type.field(KEY);
        Field named = map;
        WireReader finder = new WireReader(source, from, to);
        while (key != null && finder.next()) {
            if (finder.number() == KEY && finder.wire() == key.kind().wire()) {
                byte[] text = finder.wire() == WireReader.LEN ? source : OpaqueBytes.utf8(text(key, finder));
                named = text == source
                        ? map.child(source, finder.from(), finder.at())
                        : map.child(text, 0, text.length);
            } else if (finder.wire() == WireReader.SGROUP && !finder.skipGroup()) {
                return false;
            }
        }
        WireReader reader = new WireReader(source, from, to);
        while (reader.next()) {
            MessageField known = type.field(reader.number());
            if (known == null || !known.takes(reader.wire())) {
                if (reader.wire() == WireReader.EGROUP || !remove(reader, edits)) {
                    return false;
                }
            } else if (reader.number() == VALUE) {
                if (!value(known, named, reader, depth, edits)) {
                    return false;
                }
            } else if (known.kind() == FieldKind.STRING) {
                Edits inner = new Edits();
                leaves.name(named, source, reader.from(), reader.at(), Escaping.NONE, level, inner);
                splice(reader, inner, edits);
            } else if (known.kind().isNumber()) {
                number(known.kind(), leaves.fields().nameless(), reader, edits);
            }
        }
        return !reader.isBroken();
    }

    private static String text(MessageField key, WireReader reader) {
        String text = key.kind().text(reader.value());
        return text == null ? "" : text;
    }

    /** Walks an {@code Any} by the type that its URL names; a value of which no descriptor knows the type is removed. */
    private boolean any(MessageType any, Field field, int from, int to, int depth, Edits edits) {
        MessageType held = null;
        WireReader finder = new WireReader(source, from, to);
        while (finder.next()) {
            if (finder.number() == KEY && finder.wire() == WireReader.LEN) {
                held = descriptors.message(
                        new String(source, finder.from(), finder.at() - finder.from(), StandardCharsets.UTF_8));
            } else if (finder.wire() == WireReader.SGROUP && !finder.skipGroup()) {
                return false;
            }
        }
        WireReader reader = new WireReader(source, from, to);
        while (reader.next()) {
            boolean part = reader.wire() == WireReader.LEN;
            if (part && reader.number() == VALUE && held != null) {
                Field typed = held.form() == MessageType.Form.PLAIN
                        ? field.typed(held.simpleName(), 0, held.simpleName().length)
                        : field;
                Edits inner = new Edits();
                if (!message(held, typed, reader.from(), reader.at(), depth + 1, inner)) {
                    return false;
                }
                splice(reader, inner, edits);
            } else if (part && reader.number() == KEY && any.field(KEY) != null) {
                Edits inner = new Edits();
                if (held == null) {
                    leaves.value(
                            leaves.fields().nameless(),
                            source,
                            reader.from(),
                            reader.at(),
                            Escaping.NONE,
                            level,
                            inner);
                }
                splice(reader, inner, edits);
            } else if (reader.wire() == WireReader.EGROUP || !remove(reader, edits)) {
                return false;
            }
        }
        return !reader.isBroken();
    }

    /** Walks a timestamp or date as the text that JSON has for it. */
    private boolean moment(MessageType type, Field field, int from, int to, Edits edits) {
        Moment moment = Moment.read(type, source, from, to);
        if (moment == null) {
            return false;
        }
        removed += moment.removed();
        byte[] text = OpaqueBytes.utf8(moment.text());
        Edits inner = new Edits();
        leaves.value(field, text, 0, text.length, Escaping.NONE, level, inner);
        byte[] written = inner.isEmpty()
                ? moment.removed() > 0 ? moment.write(moment.text()) : null
                : moment.write(new String(inner.apply(text, 0, text.length), StandardCharsets.UTF_8));
        if (written != null) {
            edits.add(from, to, written);
        }
        return true;
    }
}
