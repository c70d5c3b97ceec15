package dev.retake.privacy.detect;

import java.nio.charset.StandardCharsets;

/**
 * Finds values of known form in text: one pass over the bytes finds candidates, and each is checked exactly. Stateless
 * and thread-safe; a scan allocates nothing where nothing is found.
 */
public final class Detectors {
    private Detectors() {}

    /**
     * Appends to {@code out} what is found in UTF-8 text.
     *
     * @param from first byte, at the edge of a token
     * @param to after the last byte
     */
    public static void scan(byte[] text, int from, int to, HitList out) {
        EmailScan.scan(text, from, to, out);
    }

    /** The same for a text in memory; bounds count bytes of its UTF-8 form, which are chars where it is ASCII. */
    public static byte[] scan(String text, HitList out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        scan(bytes, 0, bytes.length, out);
        return bytes;
    }

    /**
     * The class of a whole value: {@code byName}, which its field's name says, unless the value's own form says better (an
     * e-mail as user name, a JWT as token), so that a value has one surrogate wherever it stands.
     */
    public static DataClass refine(DataClass byName, CharSequence value) {
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        HitList hits = new HitList();
        scan(bytes, 0, bytes.length, hits);
        boolean whole = hits.size() == 1 && hits.start(0) == 0 && hits.end(0) == bytes.length;
        return whole && byName != DataClass.PASSWORD ? hits.dataClass(0) : byName;
    }
}
