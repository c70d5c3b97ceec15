package dev.retake.privacy.anonymize;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;

/** Refuses data in which no value could be seen, for it would pass as it is. */
final class Legibility {
    private static final int LOOKED_AT = 64 * 1024;

    private Legibility() {}

    /**
     * Looks at how data begins.
     *
     * @throws RetakeException with INPUT where it is no text in UTF-8 or another extension of ASCII
     */
    static void require(byte[] source, int from, int to) {
        if (begins(source, from, to, 'P', 'G', 'D', 'M', 'P')) {
            throw refused("is a dump in PostgreSQL's custom format; write a plain one, by pg_dump --format=plain");
        }
        if (begins(source, from, to, 0x1f, 0x8b) || begins(source, from, to, 0x28, 0xb5, 0x2f, 0xfd)) {
            throw refused("is compressed; unpack it, as by gzip -dc FILE | retake anonymize - OUT --format FORMAT");
        }
        boolean wide = begins(source, from, to, 0xff, 0xfe) || begins(source, from, to, 0xfe, 0xff);
        for (int i = from; i < Math.min(to, from + LOOKED_AT) && !wide; i++) {
            wide = source[i] == 0;
        }
        if (wide) {
            throw refused("is binary or UTF-16; convert it to UTF-8, as by iconv -f UTF-16 -t UTF-8");
        }
    }

    private static boolean begins(byte[] source, int from, int to, int... magic) {
        if (to - from < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((source[from + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static RetakeException refused(String what) {
        return new RetakeException(ErrorCode.INPUT, "The data " + what + ".");
    }
}
