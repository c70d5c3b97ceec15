package dev.retake.verdict.tree;

import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.MediaType.Family;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A recorded body and the target's, read in the one way in which both can be read. */
public sealed interface BodyPair {

    /** Both are documents of one structure. */
    record Trees(Tree before, Tree after) implements BodyPair {}

    /** Both are tables; their rows are trees. */
    record Tables(Tree before, Tree after, List<String> columnsBefore, List<String> columnsAfter) implements BodyPair {}

    /** Both are text. */
    record Lines(List<String> before, List<String> after) implements BodyPair {}

    /** At least one is neither text nor a known structure. */
    record Bytes() implements BodyPair {}

    /** One has a structure that the other lacks; {@code before} and {@code after} name what each is. */
    record Unlike(String before, String after) implements BodyPair {}

    /** Reads {@code before} as its recorded type says, and {@code after} in the same way where that is possible. */
    static BodyPair read(byte[] before, MediaType typeBefore, byte[] after, MediaType typeAfter) {
        if (before.length == 0 || after.length == 0) {
            return new Unlike(before.length == 0 ? "no body" : "a body", after.length == 0 ? "no body" : "a body");
        }
        String textBefore = decode(before, typeBefore);
        String textAfter = decode(after, typeAfter);
        if (textBefore == null || textAfter == null) {
            return new Bytes();
        }
        Family family = typeBefore.family();
        return switch (family) {
            case JSON -> json(textBefore, textAfter);
            case NDJSON -> sequences(textBefore, textAfter);
            case FORM -> new Trees(FormReader.read(textBefore), FormReader.read(textAfter));
            case XML -> markup(Markup.xml(textBefore), Markup.xml(textAfter), "XML", textBefore, textAfter);
            case HTML -> html(textBefore, textAfter);
            case CSV -> table(textBefore, textAfter);
            case EVENT_STREAM -> new Trees(EventReader.read(textBefore), EventReader.read(textAfter));
            case MULTIPART ->
                lines(unbounded(textBefore, typeBefore.boundary()), unbounded(textAfter, typeAfter.boundary()));
            case TEXT, BINARY, UNKNOWN -> sniffed(textBefore, textAfter);
        };
    }

    private static BodyPair json(String before, String after) {
        Tree left = JsonReader.read(before);
        Tree right = JsonReader.read(after);
        if (left != null && right != null) {
            return new Trees(left, right);
        }
        if (left == null && right == null) {
            return sequences(before, after);
        }
        return new Unlike(left == null ? "no JSON" : "JSON", right == null ? "no JSON" : "JSON");
    }

    private static BodyPair sequences(String before, String after) {
        List<Tree> left = JsonReader.readAll(before.replace("\u001e", ""));
        List<Tree> right = JsonReader.readAll(after.replace("\u001e", ""));
        if (left != null && right != null) {
            return new Trees(new Tree.Arr(left), new Tree.Arr(right));
        }
        if (left == null && right == null) {
            return lines(before, after);
        }
        return new Unlike(left == null ? "broken JSON" : "JSON", right == null ? "broken JSON" : "JSON");
    }

    private static BodyPair markup(
            @Nullable Markup left, @Nullable Markup right, String kind, String before, String after) {
        if (left != null && right != null) {
            Tree[] trees = Markup.trees(left, right);
            return new Trees(trees[0], trees[1]);
        }
        if (left == null && right == null) {
            return lines(before, after);
        }
        return new Unlike(left == null ? "no " + kind : kind, right == null ? "no " + kind : kind);
    }

    private static BodyPair html(String before, String after) {
        boolean left = before.indexOf('<') >= 0;
        boolean right = after.indexOf('<') >= 0;
        if (left != right) {
            return new Unlike(left ? "HTML" : "no HTML", right ? "HTML" : "no HTML");
        }
        return left ? markup(Markup.html(before), Markup.html(after), "HTML", before, after) : lines(before, after);
    }

    private static BodyPair table(String before, String after) {
        char separator = Table.separator(before);
        if (separator != Table.separator(after)) {
            return new Unlike("separated by '" + separator + "'", "separated by '" + Table.separator(after) + "'");
        }
        Table left = Table.read(before, separator);
        Table right = Table.read(after, separator);
        if (left == null || right == null) {
            return lines(before, after);
        }
        return new Tables(new Tree.Arr(left.rows()), new Tree.Arr(right.rows()), left.columns(), right.columns());
    }

    /** Services send JSON under other names, and cards and calendars as text; what both sides agree on is taken. */
    private static BodyPair sniffed(String before, String after) {
        Tree left = embedded(before);
        Tree right = left == null ? null : embedded(after);
        return left != null && right != null ? new Trees(left, right) : lines(before, after);
    }

    private static boolean looksJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static BodyPair lines(String before, String after) {
        return new Lines(before.lines().toList(), after.lines().toList());
    }

    private static String unbounded(String text, @Nullable String boundary) {
        return boundary == null ? text : text.replace(boundary, "boundary");
    }

    /** The text of a body by its declared charset, else UTF-8; null where it is no such text. */
    private static @Nullable String decode(byte[] bytes, MediaType type) {
        Charset charset = charset(type, bytes);
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') >= 0 ? null : text;
        } catch (CharacterCodingException e) {
            Family family = type.family();
            boolean binary = family == Family.BINARY || family == Family.UNKNOWN || family == Family.MULTIPART;
            return binary ? null : new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static Charset charset(MediaType type, byte[] bytes) {
        if (bytes.length >= 2
                && (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
                        || bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)) {
            return StandardCharsets.UTF_16;
        }
        String name = type.charset();
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(name.toUpperCase(Locale.ROOT));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The JSON document, card or calendar inside a text, null where the text is none. */
    static @Nullable Tree embedded(String text) {
        if (CardReader.looksLikeCard(text)) {
            return CardReader.read(text);
        }
        if (text.length() < 2 || !looksJson(text)) {
            return null;
        }
        return JsonReader.read(text);
    }

    /** A text body on its own, for a body that is compared with nothing. */
    static List<Tree> documents(byte[] bytes, MediaType type) {
        String text = decode(bytes, type);
        List<Tree> found = new ArrayList<>();
        if (text != null) {
            Tree tree = switch (type.family()) {
                case JSON, TEXT, UNKNOWN -> embedded(text);
                case NDJSON -> {
                    List<Tree> all = JsonReader.readAll(text);
                    yield all == null ? null : new Tree.Arr(all);
                }
                case FORM -> FormReader.read(text);
                case CSV -> {
                    Table table = Table.read(text, Table.separator(text));
                    yield table == null ? null : new Tree.Arr(table.rows());
                }
                case EVENT_STREAM -> EventReader.read(text);
                case XML, HTML, MULTIPART, BINARY -> null;
            };
            if (tree != null) {
                found.add(tree);
            }
        }
        return found;
    }
}
