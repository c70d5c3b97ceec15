package dev.retake.privacy.document;

import dev.retake.common.exchange.MediaType;
import dev.retake.privacy.encoding.Base64Text;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Walks multipart bodies (RFC 2046 §5.1, RFC 7578): names, file names and other fields of each part's head, and its
 * content by its own type. The framing stays; what cannot be read of a part is replaced by a note of its size.
 */
final class MultipartWalker {
    private final Leaves leaves;
    private final HeaderKinds kinds;
    private final DocumentWalker documents;
    private final byte[] source;
    private final int end;
    private final boolean cut;
    private final int level;
    private final Edits edits;

    MultipartWalker(
            DocumentWalker documents,
            Leaves leaves,
            HeaderKinds kinds,
            byte[] source,
            int to,
            boolean cut,
            int level,
            Edits edits) {
        this.documents = documents;
        this.leaves = leaves;
        this.kinds = kinds;
        this.source = source;
        this.end = to;
        this.cut = cut;
        this.level = level;
        this.edits = edits;
    }

    /**
     * Walks the parts.
     *
     * @param boundary as the media type names it, null to take it from the first line
     * @return whether there was a boundary; where there was none nothing has been walked
     */
    boolean walk(@Nullable String boundary) {
        byte[] delimiter = boundary == null ? firstLine() : ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        int at = delimiter.length < 3 ? -1 : delimiter(delimiter, 0);
        if (at < 0) {
            return false;
        }
        leaves.value(leaves.fields().nameless(), source, 0, at, Escaping.NONE, level, edits);
        byte[] word = Arrays.copyOfRange(delimiter, 2, delimiter.length);
        byte[] other = leaves.word(word);
        while (at >= 0) {
            int start = at + delimiter.length;
            if (other != word) {
                edits.add(at + 2, start, other);
            }
            if (start + 1 < end && source[start] == '-' && source[start + 1] == '-') {
                leaves.value(leaves.fields().nameless(), source, start + 2, end, Escaping.NONE, level, edits);
                return true;
            }
            int next = delimiter(delimiter, start);
            part(afterLine(start), next < 0 ? end : beforeLine(next), next < 0);
            at = next;
        }
        return true;
    }

    private void part(int from, int to, boolean last) {
        String disposition = "";
        MediaType type = MediaType.NONE;
        boolean base64 = false;
        int at = from;
        while (at < to) {
            int stop = lineEnd(at, to);
            int next = Math.min(afterLine(stop), to);
            if (stop == at) {
                at = next;
                break;
            }
            if (stop == to && last && cut) {
                leaves.cut(leaves.fields().nameless(), source, at, to, Escaping.NONE, level, edits);
                return;
            }
            String line = new String(source, at, stop - at, StandardCharsets.ISO_8859_1);
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = colon < 0 ? line : line.substring(colon + 1).strip();
            switch (name) {
                case "content-disposition" -> disposition = value;
                case "content-type" -> type = MediaType.parse(value);
                case "content-transfer-encoding" -> base64 = value.equalsIgnoreCase("base64");
                default -> {}
            }
            if (isToken(name)) {
                head(at + colon + 1, stop, name);
            } else {
                leaves.value(leaves.fields().nameless(), source, at, stop, Escaping.NONE, level, edits);
            }
            at = next;
        }
        if (at < to) {
            content(at, to, disposition, type, base64, last && cut);
        }
    }

    private void head(int from, int to, String name) {
        int start = from;
        while (start < to && source[start] == ' ') {
            start++;
        }
        Edits inner = new Edits();
        byte[] value = Arrays.copyOfRange(source, start, to);
        HeadWalker.field(leaves, kinds.of(name), value, inner);
        if (!inner.isEmpty()) {
            edits.add(start, to, inner.apply(value, 0, value.length));
        }
    }

    /** Whether a field may be called so (RFC 9110 §5.6.2); a line without such a name is text. */
    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && c != '-' && c != '_' && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private void content(int from, int to, String disposition, MediaType type, boolean base64, boolean partCut) {
        String name = HeadWalker.parameter(disposition, "name");
        byte[] nameBytes = name == null ? new byte[0] : name.getBytes(StandardCharsets.ISO_8859_1);
        Field field = nameBytes.length == 0
                ? leaves.fields().form()
                : leaves.fields().form().child(nameBytes, 0, nameBytes.length);
        boolean file = HeadWalker.parameter(disposition, "filename") != null;
        if (base64) {
            base64(from, to, field, type, partCut);
        } else if (type.equals(MediaType.NONE) && !file && Sniffer.isText(source, from, to)) {
            if (partCut) {
                leaves.cut(field, source, from, to, Escaping.NONE, level, edits);
            } else {
                leaves.value(field, source, from, to, Escaping.NONE, level, edits);
            }
        } else {
            byte[] part = Arrays.copyOfRange(source, from, to);
            replace(from, to, part, documents.walk(field, type, part, partCut, level + 1));
        }
    }

    private void base64(int from, int to, Field field, MediaType type, boolean partCut) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (source[i] > ' ') {
                joined.write(source[i]);
            }
        }
        byte[] digits = joined.toByteArray();
        Base64Text text = partCut ? null : Base64Text.decode(digits, 0, digits.length);
        if (text == null) {
            edits.add(from, to, WithheldPart.note(to - from));
            return;
        }
        byte[] walked = documents.walk(field, type, text.bytes(), false, level + 1);
        if (walked != text.bytes()) {
            edits.add(from, to, walked == null ? WithheldPart.note(text.bytes().length) : text.encode(walked));
        }
    }

    private void replace(int from, int to, byte[] part, byte @Nullable [] walked) {
        if (walked == null) {
            edits.add(from, to, WithheldPart.note(part.length));
        } else if (walked != part) {
            edits.add(from, to, walked);
        }
    }

    private byte[] firstLine() {
        int from = 0;
        while (from < end && (source[from] == '\r' || source[from] == '\n')) {
            from++;
        }
        int stop = lineEnd(from, end);
        boolean delimits = stop - from > 2 && stop - from <= 72 && source[from] == '-' && source[from + 1] == '-';
        return delimits ? Arrays.copyOfRange(source, from, stop) : new byte[0];
    }

    /** Where a line begins with {@code delimiter} at {@code from} or later, -1 where none does. */
    private int delimiter(byte[] delimiter, int from) {
        for (int i = from; i + delimiter.length <= end; i++) {
            boolean lineStart = i == 0 || source[i - 1] == '\n';
            if (lineStart && Arrays.equals(source, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i;
            }
        }
        return -1;
    }

    private int lineEnd(int from, int to) {
        int stop = from;
        while (stop < to && source[stop] != '\n') {
            stop++;
        }
        return stop > from && source[stop - 1] == '\r' ? stop - 1 : stop;
    }

    private int afterLine(int from) {
        int at = from;
        while (at < end && source[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, end);
    }

    private int beforeLine(int line) {
        int at = line;
        if (at > 0 && source[at - 1] == '\n') {
            at--;
        }
        if (at > 0 && source[at - 1] == '\r') {
            at--;
        }
        return at;
    }
}
