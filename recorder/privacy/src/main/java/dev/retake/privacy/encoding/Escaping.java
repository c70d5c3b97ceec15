package dev.retake.privacy.encoding;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a document writes bytes that its syntax needs for itself. Decoding keeps origins, encoding follows the
 * spelling of what is replaced (hex case, which characters were escaped), so that a surrogate looks as its sender would
 * have written it.
 */
public enum Escaping {
    /** Nothing is escaped. */
    NONE {
        @Override
        public boolean marks(byte value) {
            return false;
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            return 0;
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return text;
        }
    },
    /** Strings of JSON (RFC 8259 §7). */
    JSON {
        @Override
        public boolean marks(byte value) {
            return value == '\\';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            return JsonEscapes.decodeOne(source, at, end, into);
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return JsonEscapes.encode(text, source, from, to);
        }
    },
    /** Percent-encoding of URIs (RFC 3986 §2.1). */
    PERCENT {
        @Override
        public boolean marks(byte value) {
            return value == '%';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            return PercentEscapes.decodeOne(source, at, end, into);
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return PercentEscapes.encode(text, source, from, to, false);
        }
    },
    /** Percent-encoding of forms and queries, where {@code +} is a space (WHATWG URL §5). */
    FORM {
        @Override
        public boolean marks(byte value) {
            return value == '%' || value == '+';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            if (source[at] == '+') {
                into.add((byte) ' ', at);
                return 1;
            }
            return PercentEscapes.decodeOne(source, at, end, into);
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return PercentEscapes.encode(text, source, from, to, true);
        }
    },
    /** Character references of XML and HTML (XML 1.0 §4.1). */
    MARKUP {
        @Override
        public boolean marks(byte value) {
            return value == '&';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            return CharacterReferences.decodeOne(source, at, end, into);
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return CharacterReferences.encode(text);
        }
    },
    /** Quoted cells of CSV, where a quote is doubled (RFC 4180 §2). */
    CSV {
        @Override
        public boolean marks(byte value) {
            return value == '"';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            if (at + 1 < end && source[at + 1] == '"') {
                into.add((byte) '"', at);
                return 2;
            }
            return 0;
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return doubled(text, (byte) '"', (byte) '"');
        }
    },
    /** Columns of PostgreSQL's COPY in text format: backslash escapes, also octal and hexadecimal ones. */
    COPY {
        @Override
        public boolean marks(byte value) {
            return value == '\\';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            return CopyEscapes.decodeOne(source, at, end, into);
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return CopyEscapes.encode(text);
        }
    },
    /** Strings of SQL, where an apostrophe is doubled. */
    SQL {
        @Override
        public boolean marks(byte value) {
            return value == '\'';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            if (at + 1 < end && source[at + 1] == '\'') {
                into.add((byte) '\'', at);
                return 2;
            }
            return 0;
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return doubled(text, (byte) '\'', (byte) '\'');
        }
    },
    /** Quoted strings of header fields (RFC 9110 §5.6.4). */
    QUOTED_STRING {
        @Override
        public boolean marks(byte value) {
            return value == '\\';
        }

        @Override
        int decodeOne(byte[] source, int at, int end, DecodedText into) {
            if (at + 1 < end) {
                into.add(source[at + 1], at);
                return 2;
            }
            return 0;
        }

        @Override
        public byte[] encode(byte[] text, byte[] source, int from, int to) {
            return doubled(doubled(text, (byte) '\\', (byte) '\\'), (byte) '"', (byte) '\\');
        }
    };

    /** Whether an escape can begin with {@code value}. */
    public abstract boolean marks(byte value);

    /** Decodes the escape at {@code at}, and returns its length; 0 where none stands there. */
    abstract int decodeOne(byte[] source, int at, int end, DecodedText into);

    /**
     * Writes {@code text} so that it may stand in place of {@code source[from, to)}.
     *
     * @return {@code text} itself where nothing needs escaping
     */
    public abstract byte[] encode(byte[] text, byte[] source, int from, int to);

    /** Decodes {@code source[from, to)}; null where nothing in it is escaped. Escapes that are malformed stay as they are. */
    public @Nullable DecodedText decode(byte[] source, int from, int to) {
        int first = from;
        while (first < to && !marks(source[first])) {
            first++;
        }
        if (first == to) {
            return null;
        }
        DecodedText text = new DecodedText(to - from);
        for (int i = from; i < first; i++) {
            text.add(source[i], i);
        }
        boolean escaped = false;
        int at = first;
        while (at < to) {
            int length = marks(source[at]) ? decodeOne(source, at, to, text) : 0;
            if (length == 0) {
                text.add(source[at], at);
                at++;
            } else {
                escaped = true;
                at += length;
            }
        }
        return escaped ? text.end(to) : null;
    }

    private static byte[] doubled(byte[] text, byte special, byte escape) {
        int count = 0;
        for (byte b : text) {
            if (b == special) {
                count++;
            }
        }
        if (count == 0) {
            return text;
        }
        byte[] encoded = new byte[text.length + count];
        int length = 0;
        for (byte b : text) {
            if (b == special) {
                encoded[length++] = escape;
            }
            encoded[length++] = b;
        }
        return Arrays.copyOf(encoded, length);
    }
}
