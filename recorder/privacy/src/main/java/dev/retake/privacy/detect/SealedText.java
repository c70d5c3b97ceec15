package dev.retake.privacy.detect;

import dev.retake.privacy.detect.words.WordTable;

/**
 * Finds what proves somebody by its parts: a payload, a time of six characters and a signature with dots between them, as
 * tokens of Discord's bots and sessions signed by Flask and Django have it, and passwords' hashes in the form of crypt(3).
 */
final class SealedText {
    private static final int TIME = 6;
    private static final int SHORTEST_PAYLOAD = 16;
    private static final int SHORTEST_SIGNATURE = 27;
    private static final int LONGEST_SIGNATURE = 86;
    private static final int LONGEST = 4096;
    private static final int LONGEST_HASH = 512;
    private static final int SHORTEST_DIGEST = 20;

    /** Names of functions that hash passwords, before the first dollar sign or between the first two. */
    private static final WordTable FUNCTIONS = new WordTable(64).add(1, """
                    1 2 2a 2b 2x 2y 5 6 7 y gy md5 apr1 sha1 sha256 sha512 scrypt argon2 argon2i argon2d argon2id bcrypt
                    pbkdf2 bcrypt_sha256 pbkdf2_sha1 pbkdf2_sha256 pbkdf2_sha512 argon2_sha256 s0 s p h
                    """);

    private SealedText() {}

    /** Looks for a time and a signature behind the dot or colon at {@code p}. */
    static int signed(byte[] text, int floor, int p, int to, HitList out) {
        int second = p + 1 + TIME;
        if (second + SHORTEST_SIGNATURE >= to || text[second] != text[p]) {
            return -1;
        }
        int end = second + 1;
        int capitals = 0;
        while (end < to && isCoded(text[end])) {
            capitals += text[end] >= 'A' && text[end] <= 'Z' ? 1 : 0;
            end++;
        }
        int signature = end - second - 1;
        boolean formed = signature >= SHORTEST_SIGNATURE && signature <= LONGEST_SIGNATURE && capitals >= 3;
        for (int k = p + 1; formed && k < second; k++) {
            formed = isCoded(text[k]);
        }
        if (!formed) {
            return -1;
        }
        int start = p;
        while (start > floor && p - start < LONGEST && isCoded(text[start - 1])) {
            start--;
        }
        start -= start > floor && text[start - 1] == '.' ? 1 : 0;
        if (p - start < SHORTEST_PAYLOAD) {
            return -1;
        }
        out.add(start, end, DataClass.SECRET);
        return end;
    }

    /** Looks for a hash of a password around the dollar sign at {@code p}, which stands behind the name of its function. */
    static int hash(byte[] text, int floor, int p, int to, HitList out) {
        int name = p;
        while (name > floor && p - name < LONGEST_HASH && isHash(text[name - 1]) && text[name - 1] != '$') {
            name--;
        }
        int nameEnd = name;
        while (nameEnd < p && text[nameEnd] != ':') {
            nameEnd++;
        }
        if (FUNCTIONS.bits(text, name, nameEnd) == 0) {
            return -1;
        }
        int start = name > floor && text[name - 1] == '$' ? name - 1 : name;
        if (start == name && nameEnd - name < 3) {
            return -1;
        }
        int end = p;
        int last = p;
        int parts = 0;
        while (end < to && end - start < LONGEST_HASH && isHash(text[end])) {
            if (text[end] == '$') {
                parts++;
                last = end;
            }
            end++;
        }
        if (end - last <= SHORTEST_DIGEST || parts < 2 && start == name) {
            return -1;
        }
        end -= text[end - 1] == ',' ? 1 : 0;
        out.add(start, end, DataClass.SECRET);
        return end;
    }

    private static boolean isCoded(byte b) {
        return Bytes.isAlphanumeric(b) || b == '-' || b == '_';
    }

    private static boolean isHash(byte b) {
        return Bytes.isBase64(b) || b == '$' || b == '.' || b == '=' || b == ',' || b == ':';
    }
}
