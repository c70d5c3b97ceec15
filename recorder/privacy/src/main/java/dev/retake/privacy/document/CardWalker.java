package dev.retake.privacy.document;

import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Leaves;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Walks vCard (RFC 6350) and iCalendar (RFC 5545): content lines, folded or not, whose property says what they hold.
 */
final class CardWalker {
    private static final byte[] BEGIN = "BEGIN:V".getBytes(StandardCharsets.US_ASCII);

    /** A picture or a key in a line of its own. */
    private static final int LONGEST_BINARY = 256;

    private static final @Nullable DataClass[] NAME_PARTS = {
        DataClass.FAMILY_NAME, DataClass.GIVEN_NAME, DataClass.GIVEN_NAME
    };
    private static final @Nullable DataClass[] ADDRESS_PARTS = {
        DataClass.STREET, DataClass.STREET, DataClass.STREET, DataClass.CITY, null, DataClass.POSTCODE
    };
    private static final @Nullable DataClass[] POSITION_PARTS = {DataClass.GEO, DataClass.GEO};

    private CardWalker() {}

    static boolean looksLikeCard(byte[] source, int from, int to) {
        for (int i = 0; i < BEGIN.length; i++) {
            if (from + i >= to || source[from + i] != BEGIN[i]) {
                return false;
            }
        }
        return true;
    }

    static void walk(Leaves leaves, byte[] source, int from, int to, boolean cut, int level, Edits edits) {
        int at = from;
        while (at < to) {
            int end = endOfLine(source, at, to);
            boolean folded = false;
            while (end + 1 < to && (source[end + 1] == ' ' || source[end + 1] == '\t')) {
                end = endOfLine(source, end + 1, to);
                folded = true;
            }
            boolean half = cut && end == to;
            if (folded) {
                DecodedText unfolded = unfold(source, at, end);
                Edits inner = new Edits();
                line(leaves, unfolded.bytes(), 0, unfolded.length(), half, level, inner);
                inner.into(edits, unfolded, Escaping.NONE, source);
            } else {
                line(leaves, source, at, end, half, level, edits);
            }
            at = end + 1;
        }
    }

    private static DecodedText unfold(byte[] source, int from, int to) {
        DecodedText text = new DecodedText(to - from);
        for (int i = from; i < to; i++) {
            boolean carriage = source[i] == '\r' && i + 1 < to && source[i + 1] == '\n';
            if (source[carriage ? i + 1 : i] == '\n') {
                i += carriage ? 2 : 1;
            } else {
                text.add(source[i], i);
            }
        }
        return text.end(to);
    }

    private static void line(Leaves leaves, byte[] source, int from, int to, boolean half, int level, Edits edits) {
        int end = to > from && source[to - 1] == '\r' ? to - 1 : to;
        int nameEnd = from;
        while (nameEnd < end && isNameByte(source[nameEnd])) {
            nameEnd++;
        }
        if (nameEnd < end && source[nameEnd] != ';' && source[nameEnd] != ':') {
            text(leaves, source, from, to, half, level, edits);
            return;
        }
        int at = nameEnd;
        while (at < end && source[at] == ';') {
            int stop = endOfParameter(source, at + 1, end);
            if (!half || stop < end) {
                parameter(leaves, source, at + 1, stop, level, edits);
            }
            at = stop;
        }
        if (half) {
            int kept = Math.min(nameEnd, at);
            edits.add(at < end ? at : kept, to, new byte[0]);
        } else if (at < end) {
            value(leaves, name(source, from, nameEnd), source, at + 1, end, level, edits);
        } else {
            leaves.value(leaves.fields().nameless(), source, from, nameEnd, Escaping.NONE, level, edits);
        }
    }

    /** Walks a line that is no content line. */
    private static void text(Leaves leaves, byte[] source, int from, int to, boolean half, int level, Edits edits) {
        if (half) {
            leaves.cut(leaves.fields().nameless(), source, from, to, Escaping.NONE, level, edits);
        } else {
            leaves.value(leaves.fields().nameless(), source, from, to, Escaping.NONE, level, edits);
        }
    }

    private static void parameter(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        int equals = from;
        while (equals < to && source[equals] != '=') {
            equals++;
        }
        leaves.value(leaves.fields().nameless(), source, from, equals, Escaping.NONE, level, edits);
        int start = Math.min(equals + 1, to);
        boolean quoted = to - start >= 2 && source[start] == '"' && source[to - 1] == '"';
        int valueFrom = quoted ? start + 1 : start;
        int valueTo = quoted ? to - 1 : to;
        if (name(source, from, equals).equals("CN")) {
            leaves.replace(DataClass.PERSON_NAME, source, valueFrom, valueTo, Escaping.NONE, edits);
        } else {
            leaves.value(leaves.fields().nameless(), source, valueFrom, valueTo, Escaping.NONE, level, edits);
        }
    }

    private static void value(Leaves leaves, String name, byte[] source, int from, int to, int level, Edits edits) {
        switch (name) {
            case "BEGIN", "END", "VERSION" ->
                leaves.value(leaves.fields().structure(), source, from, to, Escaping.NONE, level, edits);
            case "FN" -> leaves.replace(DataClass.PERSON_NAME, source, from, to, Escaping.NONE, edits);
            case "NICKNAME" -> leaves.replace(DataClass.USERNAME, source, from, to, Escaping.NONE, edits);
            case "EMAIL" -> leaves.replace(DataClass.EMAIL, source, from, to, Escaping.NONE, edits);
            case "BDAY" -> leaves.replace(DataClass.DATE_OF_BIRTH, source, from, to, Escaping.NONE, edits);
            case "LABEL" -> leaves.replace(DataClass.ADDRESS, source, from, to, Escaping.NONE, edits);
            case "TEL" -> {
                int number = startsWith(source, from, to, "tel:") ? from + 4 : from;
                leaves.replace(DataClass.PHONE, source, number, to, Escaping.NONE, edits);
            }
            case "N" -> parts(leaves, NAME_PARTS, source, from, to, level, edits);
            case "ADR" -> parts(leaves, ADDRESS_PARTS, source, from, to, level, edits);
            case "GEO" -> parts(leaves, POSITION_PARTS, source, from, to, level, edits);
            case "LOCATION" -> location(leaves, source, from, to, level, edits);
            case "PHOTO", "LOGO", "SOUND", "KEY" -> {
                if (to - from > LONGEST_BINARY && !startsWith(source, from, to, "http")) {
                    edits.add(from, to, new byte[0]);
                } else {
                    leaves.value(leaves.fields().nameless(), source, from, to, Escaping.NONE, level, edits);
                }
            }
            default -> leaves.value(leaves.fields().nameless(), source, from, to, Escaping.NONE, level, edits);
        }
    }

    /** A place with a number and a comma is an address; else it is a room or a town. */
    private static void location(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        boolean digit = false;
        boolean comma = false;
        for (int i = from; i < to; i++) {
            digit |= source[i] >= '0' && source[i] <= '9';
            comma |= source[i] == ',';
        }
        if (digit && comma) {
            leaves.replace(DataClass.ADDRESS, source, from, to, Escaping.NONE, edits);
        } else {
            leaves.value(leaves.fields().nameless(), source, from, to, Escaping.NONE, level, edits);
        }
    }

    private static void parts(
            Leaves leaves, @Nullable DataClass[] classes, byte[] source, int from, int to, int level, Edits edits) {
        int start = from;
        for (int part = 0; start <= to; part++) {
            int end = start;
            while (end < to && source[end] != ';') {
                end += source[end] == '\\' ? 2 : 1;
            }
            end = Math.min(end, to);
            DataClass dataClass = part < classes.length ? classes[part] : null;
            if (dataClass == null) {
                leaves.value(leaves.fields().nameless(), source, start, end, Escaping.NONE, level, edits);
            } else {
                leaves.replace(dataClass, source, start, end, Escaping.NONE, edits);
            }
            start = end + 1;
        }
    }

    /** A name in upper case, without the group that may stand before it. */
    private static String name(byte[] source, int from, int to) {
        String name = new String(source, from, to - from, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static int endOfParameter(byte[] source, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            if (source[i] == '"') {
                quoted = !quoted;
            } else if (!quoted && (source[i] == ';' || source[i] == ':')) {
                return i;
            }
        }
        return to;
    }

    private static int endOfLine(byte[] source, int from, int to) {
        int end = from;
        while (end < to && source[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isNameByte(byte b) {
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' || b == '.';
    }

    private static boolean startsWith(byte[] source, int from, int to, String wanted) {
        for (int i = 0; i < wanted.length(); i++) {
            if (from + i >= to || source[from + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
