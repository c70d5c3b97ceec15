package dev.retake.privacy.anonymize;

import dev.retake.privacy.value.Marks;

/** What one look at a byte tells while the end of a value is searched: whether it may be that, and else its mark. */
final class ByteKinds {
    private final int[] kinds = new int[256];

    /** @param ends the bytes that may end a value */
    ByteKinds(String ends) {
        for (int i = 0; i < 256; i++) {
            kinds[i] = Marks.of((byte) i);
        }
        for (int i = 0; i < ends.length(); i++) {
            kinds[ends.charAt(i)] = -1;
        }
    }

    /** The mark of {@code b}, -1 where it may end a value. */
    int of(byte b) {
        return kinds[b & 0xff];
    }
}
