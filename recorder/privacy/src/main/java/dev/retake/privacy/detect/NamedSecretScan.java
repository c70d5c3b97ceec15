package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds values that a telling name before them gives away: {@code password=…}, {@code "api_key": "…"},
 * {@code --token …}, {@code <secret>…</secret>}, {@code the password is …}. How the value is joined to its name says how
 * much the value itself must show.
 */
final class NamedSecretScan {
    private static final int LONGEST_NAME = 40;

    /** How much of a value is looked at to believe it: near-matches in a row stay linear. */
    private static final int LONGEST_LOOK = 256;

    /** Words after a name's colon that speak of the secret and are none. */
    private static final WordTable PROSE = new WordTable(256).add(1, """
                    required optional invalid expired missing incorrect wrong reset changed updated unknown hidden
                    redacted masked removed empty none string field minimum maximum weak strong secret secrets public
                    private protected enabled disabled forgotten forgot confirm confirmation authentication
                    authorization error failed failure success successful denied granted accepted rejected unavailable
                    available unset default generated rotated revoked refreshed verified verification mismatch matches
                    created deleted placeholder example undefined please enter choose create provide never always must
                    should cannot should text value number integer boolean object array bearer basic digest password
                    token session username encrypted hashed plain plaintext environment variable vault keychain
                    external internal manual automatic pending active inactive valid permanent temporary
                    abgelaufen erforderlich ungültig falsch geändert requerido requise requis obligatoire incorrecta
                    """);

    private static final String[] SAYING = {
        "is set to ",
        "was set to ",
        "is: ",
        "is ",
        "was ",
        "to ",
        "of ",
        "lautet ",
        "ist ",
        "est ",
        "es ",
        "-> ",
        "=> ",
        "- "
    };

    private NamedSecretScan() {}

    /** How a value is joined to its name. */
    private enum Joint {
        NONE,
        /** {@code : } and a space, as in prose. */
        TOLD,
        /** A word: {@code is}. */
        SAID,
        /** A sign that only programs write. */
        ASSIGNED
    }

    /** Looks for a value behind the name of which the last letters are around {@code p}. */
    static int scan(byte[] text, int floor, int p, int to, HitList out) {
        int nameEnd = p + 2;
        if (nameEnd >= to || !mayFollow(text[nameEnd])) {
            return -1;
        }
        int nameStart = p - 1;
        while (nameStart > floor && nameEnd - nameStart < LONGEST_NAME && isName(text[nameStart - 1])) {
            nameStart--;
        }
        int at = afterQuotes(text, nameEnd, to);
        at = afterSpaces(text, at < to && text[at] == ']' ? at + 1 : at, to);
        at = afterAttribute(text, at, to);
        if (at >= to) {
            return -1;
        }
        TellingName name = TellingName.of(text, nameStart, nameEnd);
        if (name == null) {
            return -1;
        }
        Joint joint = joint(text, floor, nameStart, nameEnd, at, to);
        if (joint == Joint.NONE) {
            return -1;
        }
        return value(name, joint, text, valueStart(joint, text, at, to), to, out);
    }

    /** Whether what stands behind a name may join a value to it: said first, since most words are no names. */
    private static boolean mayFollow(byte b) {
        return switch (b) {
            case ' ', ':', '=', '"', '\'', '\\', '>', '\t', ']', '`' -> true;
            default -> false;
        };
    }

    private static Joint joint(byte[] text, int floor, int nameStart, int nameEnd, int at, int to) {
        return switch (text[at]) {
            case '=' -> Joint.ASSIGNED;
            case ':' -> at + 1 < to && text[at + 1] == ' ' && at == nameEnd ? Joint.TOLD : Joint.ASSIGNED;
            case '>' ->
                at == nameEnd && nameStart > floor && (text[nameStart - 1] == '<' || text[nameStart - 1] == ':')
                        ? Joint.ASSIGNED
                        : Joint.NONE;
            default ->
                at == nameEnd + 1 && Bytes.matches(text, nameStart, to, "--") && text[at - 1] == ' '
                        ? Joint.ASSIGNED
                        : saying(text, at, to) > 0 ? Joint.SAID : Joint.NONE;
        };
    }

    private static int saying(byte[] text, int at, int to) {
        for (String word : SAYING) {
            if (Bytes.matchesIgnoreCase(text, at, to, word)) {
                return word.length();
            }
        }
        return 0;
    }

    private static int valueStart(Joint joint, byte[] text, int at, int to) {
        int start = joint == Joint.SAID ? at + saying(text, at, to) : at;
        while (start < to && (text[start] == ':' || text[start] == '=' || text[start] == '>')) {
            start++;
        }
        return afterSpaces(text, start, to);
    }

    private static int value(TellingName name, Joint joint, byte[] text, int from, int to, HitList out) {
        int start = afterQuotes(text, from, to);
        if (start == to || isPlaceholder(text, start, to)) {
            return -1;
        }
        boolean quoted = start > from;
        byte quote = quoted ? text[start - 1] : 0;
        int end = start;
        int digits = 0;
        int marks = 0;
        int limit = Math.min(to, start + LONGEST_LOOK);
        while (end < limit && !isEnd(text, end, to, quote)) {
            digits += Bytes.isDigit(text[end]) ? 1 : 0;
            marks += !Bytes.isWord(text[end]) || (end > start && isCapital(text[end])) ? 1 : 0;
            end++;
        }
        boolean cut = end == limit && limit < to;
        while (!quoted && end > start && (text[end - 1] == '.' || text[end - 1] == ':')) {
            end--;
            marks--;
        }
        Joint by = quoted ? Joint.ASSIGNED : joint;
        if (!isBelieved(name, by, text, start, end, to, digits, marks)) {
            return -1;
        }
        while (cut && end < to && !isEnd(text, end, to, quote)) {
            end++;
        }
        if (Bytes.matches(text, start, end, "eyJ") && CredentialScan.jwt(text, start, end, out) > 0) {
            return out.end(out.size() - 1);
        }
        out.add(start, end, name.dataClass());
        return end;
    }

    private static boolean isBelieved(
            TellingName name, Joint joint, byte[] text, int start, int end, int to, int digits, int marks) {
        int length = end - start;
        if (name.dataClass() == DataClass.PASSWORD) {
            return switch (joint) {
                case ASSIGNED -> length >= name.least();
                case TOLD -> length >= 4 && (digits + marks > 0 || isLastWord(text, start, end, to));
                case SAID, NONE -> length >= 4 && digits + marks > 0 && !isApostrophe(text, start, end);
            };
        }
        if (length < name.least() || isAddress(text, start, end)) {
            return false;
        }
        boolean random = digits > 0 || marks > 1 || length >= 20;
        return switch (name.kind()) {
            case CODE -> digits > 0 && (isMixed(text, start, end) || joint == Joint.ASSIGNED && length >= 24);
            case OPAQUE ->
                joint == Joint.ASSIGNED || joint == Joint.TOLD ? random && digits > 0 : isMixed(text, start, end);
            case TELLING -> joint == Joint.SAID ? length >= 8 && digits > 0 && length - digits > 2 : random;
        };
    }

    /** Whether a value is a URL, or a file's path, rather than a secret. */
    private static boolean isAddress(byte[] text, int start, int end) {
        return Bytes.matches(text, start, end, "http")
                        && end - start > 8
                        && (text[start + 4] == ':' || text[start + 5] == ':')
                || text[start] == '/' && end - start < 20;
    }

    /** Whether small letters, capitals and digits alternate as they do in what is drawn at random. */
    private static boolean isMixed(byte[] text, int start, int end) {
        int changes = 0;
        int last = 0;
        for (int k = start; k < end; k++) {
            byte b = text[k];
            int kind = Bytes.isDigit(b) ? 1 : b >= 'a' && b <= 'z' ? 2 : isCapital(b) ? 3 : 4;
            changes += kind != last ? 1 : 0;
            last = kind;
        }
        return 3 * changes >= end - start;
    }

    /** Whether a word ends its line and speaks of no password. */
    private static boolean isLastWord(byte[] text, int start, int end, int to) {
        boolean last = end == to || text[end] == '\n' || text[end] == '\r' || text[end] == '"' || text[end] == '<';
        return last && end - start >= 6 && PROSE.bits(text, start, end) == 0;
    }

    /** {@code don't}: a mark within a word of prose. */
    private static boolean isApostrophe(byte[] text, int start, int end) {
        for (int k = start; k < end; k++) {
            if (!Bytes.isWord(text[k]) && text[k] != '\'' || Bytes.isDigit(text[k]) || isCapital(text[k])) {
                return false;
            }
        }
        return true;
    }

    private static int afterQuotes(byte[] text, int i, int to) {
        int at = i;
        while (at < to && at - i < 4 && (text[at] == '"' || text[at] == '\'' || text[at] == '\\' || text[at] == '`')) {
            at++;
        }
        return at;
    }

    /** Behind {@code value} in {@code name="csrf" value="…"}. */
    private static int afterAttribute(byte[] text, int i, int to) {
        if (Bytes.matches(text, i, to, "value=")) {
            return i + 5;
        }
        return Bytes.matches(text, i, to, "content=") ? i + 7 : i;
    }

    private static int afterSpaces(byte[] text, int i, int to) {
        int at = i;
        while (at < to && at - i < 8 && (text[at] == ' ' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isName(byte b) {
        return Bytes.isAlphanumeric(b) || b == '_' || b == '-';
    }

    /** Whether a value ends at {@code i}: at its quote, or, where it has none, at what ends a token. */
    private static boolean isEnd(byte[] text, int i, int to, byte quote) {
        byte b = text[i];
        if (quote == 0) {
            return isValueEnd(b) || b == '\\' && i + 1 < to && (text[i + 1] == 'n' || text[i + 1] == '"');
        }
        return b == quote || b == '\n' || b == '\\' && i + 1 < to && text[i + 1] == quote;
    }

    private static boolean isValueEnd(byte b) {
        return b >= 0 && b <= ' '
                || switch (b) {
                    case '"', '\'', ';', '&', ',', ')', '<', '>', '}', ']' -> true;
                    default -> false;
                };
    }

    /** {@code ${NAME}}, {@code ****}, {@code null} and booleans hold no secret. */
    private static boolean isPlaceholder(byte[] text, int start, int to) {
        return switch (text[start]) {
            case '{', '[', '<' -> true;
            case '$' ->
                start + 1 < to && (text[start + 1] == '{' || text[start + 1] == '(' || isCapital(text[start + 1]));
            case '*' -> start + 1 == to || text[start + 1] == '*' || isValueEnd(text[start + 1]);
            default ->
                isLiteral(text, start, to, "null")
                        || isLiteral(text, start, to, "none")
                        || isLiteral(text, start, to, "true")
                        || isLiteral(text, start, to, "false")
                        || isLiteral(text, start, to, "undefined");
        };
    }

    private static boolean isCapital(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    private static boolean isLiteral(byte[] text, int start, int to, String lower) {
        return Bytes.matchesIgnoreCase(text, start, to, lower)
                && (start + lower.length() == to || isValueEnd(text[start + lower.length()]));
    }
}
