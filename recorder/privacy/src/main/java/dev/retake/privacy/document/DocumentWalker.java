package dev.retake.privacy.document;

import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.MediaType.Family;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.value.Cut;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.FormWalker;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.Syntax;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks one document by its media type, and by what it is where the type is missing or lies. */
final class DocumentWalker {
    private static final Set<String> BINARY_SUBTYPES = Set.of(
            "application/pdf",
            "application/zip",
            "application/gzip",
            "application/x-gzip",
            "application/protobuf",
            "application/x-protobuf",
            "application/vnd.google.protobuf",
            "application/msgpack",
            "application/x-msgpack",
            "application/cbor",
            "application/wasm",
            "application/x-tar",
            "application/java-archive",
            "application/avro",
            "application/x-bzip2",
            "application/zstd",
            "application/x-7z-compressed",
            "application/bson");

    private static final int LONGEST_PREFIX = 200;

    private final Leaves leaves;
    private final HeaderKinds kinds;
    private final int nesting;

    DocumentWalker(Leaves leaves, HeaderKinds kinds, int nesting) {
        this.leaves = leaves;
        this.kinds = kinds;
        this.nesting = nesting;
    }

    /**
     * Sanitizes a document.
     *
     * @param field what it stands in
     * @param cut it goes on after the last byte
     * @param level how many documents it is nested in
     * @return {@code source} itself where nothing is replaced; null where it cannot be read
     */
    byte @Nullable [] walk(Field field, MediaType type, byte[] source, boolean cut, int level) {
        if (source.length == 0) {
            return source;
        }
        if (level > nesting || isBinary(type)) {
            return null;
        }
        Charset wide = wideCharset(type, source);
        if (wide != null) {
            return transcoded(wide, field, type, source, cut, level);
        }
        Family declared = type.family();
        boolean known = declared != Family.UNKNOWN && declared != Family.BINARY;
        if (known ? !Sniffer.isLegible(source, 0, source.length) : !Sniffer.isText(source, 0, source.length)) {
            return null;
        }
        Edits edits = new Edits();
        if (!text(field, type, source, cut, level, edits)) {
            return null;
        }
        return edits.apply(source, 0, source.length);
    }

    private boolean text(Field field, MediaType type, byte[] source, boolean cut, int level, Edits edits) {
        int from = hasUtf8Mark(source) ? 3 : 0;
        int to = source.length;
        Family sniffed = Sniffer.family(source, from, to);
        switch (family(type.family(), sniffed)) {
            case JSON, NDJSON -> json(field, source, from, to, cut, level, edits);
            case FORM -> FormWalker.walk(leaves, leaves.fields().form(), source, from, to, cut, level, edits);
            case MULTIPART -> {
                return new MultipartWalker(this, leaves, kinds, source, to, cut, level, edits).walk(type.boundary());
            }
            case XML, HTML -> new MarkupWalker(leaves, source, from, to, cut, level, edits).walk();
            case CSV -> new CsvWalker(leaves, source, from, to, cut, edits).walk();
            case EVENT_STREAM -> EventStreamWalker.walk(leaves, source, from, to, cut, edits);
            case TEXT, BINARY, UNKNOWN -> plain(type, source, from, to, cut, level, edits);
        }
        return true;
    }

    /** The family to walk by: what is declared, unless the bytes are plainly of another one. */
    private static Family family(Family declared, Family sniffed) {
        return switch (declared) {
            case JSON, NDJSON -> sniffed == Family.XML || sniffed == Family.FORM ? sniffed : Family.JSON;
            case FORM -> sniffed == Family.JSON || sniffed == Family.XML ? sniffed : Family.FORM;
            case XML, HTML -> sniffed == Family.JSON || sniffed == Family.FORM ? sniffed : Family.XML;
            case CSV, EVENT_STREAM, MULTIPART -> declared;
            case TEXT, BINARY, UNKNOWN -> sniffed;
        };
    }

    /**
     * Walks JSON, one text or many. Where it is broken, the rest of that line or of the document is walked as text, so
     * that nothing in it is missed.
     */
    private void json(Field field, byte[] source, int from, int to, boolean cut, int level, Edits edits) {
        int at = jsonStart(source, from, to);
        if (at > from) {
            leaves.text().run(source, from, at, Syntax.PROSE, level, edits);
        }
        Field root = field.isJson() ? field : leaves.fields().json();
        while (at < to) {
            int stop = new JsonWalker(leaves, root, source, at, to, cut, edits, level).walk();
            if (stop == to) {
                return;
            }
            int line = stop;
            while (line < to && source[line] != '\n') {
                line++;
            }
            boolean more = line < to && startsText(source, line + 1, to);
            rest(source, stop, more ? line : to, cut && !more, Syntax.PROSE, level, edits);
            at = more ? line + 1 : to;
        }
    }

    /** Where JSON begins behind a guard against inclusion, or the name of a callback. */
    private static int jsonStart(byte[] source, int from, int to) {
        int first = from;
        while (first < to && Utf8.isSpace(source[first])) {
            first++;
        }
        boolean guarded = first < to && (source[first] == ')' || source[first] >= 'A' && source[first] <= 'z');
        for (int i = first; guarded && i < Math.min(to, first + LONGEST_PREFIX); i++) {
            if (source[i] == '{' || source[i] == '[' && i > first) {
                return i;
            }
        }
        return from;
    }

    private static boolean startsText(byte[] source, int from, int to) {
        int at = from;
        while (at < to && Utf8.isSpace(source[at])) {
            at++;
        }
        return at < to && (source[at] == '{' || source[at] == '[');
    }

    private void plain(MediaType type, byte[] source, int from, int to, boolean cut, int level, Edits edits) {
        if (CardWalker.looksLikeCard(source, from, to)) {
            CardWalker.walk(leaves, source, from, to, cut, level, edits);
            return;
        }
        boolean code = type.essence().endsWith("javascript")
                || type.essence().equals("text/css")
                || type.essence().equals("application/graphql");
        rest(source, from, to, cut, code ? Syntax.CODE : Syntax.of(source, from, to), level, edits);
    }

    private void rest(byte[] source, int from, int to, boolean cut, Syntax syntax, int level, Edits edits) {
        int kept = cut ? Cut.safeEnd(source, from, to) : to;
        leaves.text().run(source, from, kept, syntax, level, edits);
        if (kept < to) {
            edits.add(kept, to, new byte[0]);
        }
    }

    /**
     * Sanitizes text of another encoding by way of UTF-8; null where the way back does not lead to the same bytes, or where
     * they say as much without the encoding that they claim to have: two bytes at the front must not hide what follows.
     */
    private byte @Nullable [] transcoded(
            Charset charset, Field field, MediaType type, byte[] source, boolean cut, int level) {
        String characters = new String(source, charset);
        if (!cut && !Arrays.equals(source, characters.getBytes(charset))) {
            return null;
        }
        if (isWide(charset) && holdsAnything(source, level)) {
            return null;
        }
        byte[] utf8 = characters.getBytes(StandardCharsets.UTF_8);
        MediaType plain = new MediaType(type.essence(), null, type.boundary());
        byte[] walked = walk(field, plain, utf8, cut, level);
        if (walked == null || walked == utf8) {
            return walked == null ? null : source;
        }
        return new String(walked, StandardCharsets.UTF_8).getBytes(charset);
    }

    private static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    private boolean holdsAnything(byte[] source, int level) {
        Edits found = new Edits();
        leaves.text().run(source, 0, source.length, Syntax.of(source, 0, source.length), level, found);
        return !found.isEmpty();
    }

    /** The encoding of a text that is not read as UTF-8, null where it is. */
    private static @Nullable Charset wideCharset(MediaType type, byte[] source) {
        if (source.length >= 2 && (source[0] & 0xff) == 0xfe && (source[1] & 0xff) == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        if (source.length >= 2 && (source[0] & 0xff) == 0xff && (source[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        String name = type.charset();
        if (name == null || name.equals("utf-8") || name.equals("utf8")) {
            return null;
        }
        Charset charset;
        try {
            charset = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
        if (!isWide(charset) && isAscii(source) || !charset.canEncode()) {
            return null;
        }
        return charset.equals(StandardCharsets.UTF_16) ? StandardCharsets.UTF_16BE : charset;
    }

    private static boolean isAscii(byte[] source) {
        for (byte b : source) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasUtf8Mark(byte[] source) {
        return source.length >= 3
                && (source[0] & 0xff) == 0xef
                && (source[1] & 0xff) == 0xbb
                && (source[2] & 0xff) == 0xbf;
    }

    /** Whether the type alone says that there is no text to read. */
    private static boolean isBinary(MediaType type) {
        String essence = type.essence();
        return essence.startsWith("image/") && !essence.endsWith("+xml")
                || essence.startsWith("audio/")
                || essence.startsWith("video/")
                || essence.startsWith("font/")
                || essence.startsWith("application/grpc")
                || essence.startsWith("application/vnd.openxmlformats")
                || essence.startsWith("application/vnd.ms-")
                || BINARY_SUBTYPES.contains(essence);
    }
}
