package dev.retake.privacy.document;

import java.nio.charset.StandardCharsets;

/** The note that stands in place of a part of a multipart body that could not be read: a file, mostly. */
public final class WithheldPart {
    private static final byte[] BEGIN = "[withheld: binary, ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = " bytes]".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_DIGITS = 19;

    private WithheldPart() {}

    /** The note for a part of {@code size} bytes. */
    static byte[] note(int size) {
        return (new String(BEGIN, StandardCharsets.US_ASCII) + size + new String(END, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a part of {@code multipart}, a sanitized body, is such a note and not what was sent. */
    public static boolean isIn(byte[] multipart) {
        for (int i = 1; i + BEGIN.length < multipart.length; i++) {
            if (multipart[i] == '[' && multipart[i - 1] == '\n' && isAt(multipart, i, BEGIN)) {
                int at = i + BEGIN.length;
                int digits = 0;
                while (at < multipart.length && multipart[at] >= '0' && multipart[at] <= '9' && digits < MOST_DIGITS) {
                    at++;
                    digits++;
                }
                if (digits > 0 && isAt(multipart, at, END)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] wanted) {
        if (at + wanted.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
