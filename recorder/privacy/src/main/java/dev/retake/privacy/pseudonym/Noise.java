package dev.retake.privacy.pseudonym;

import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;

/** An endless row of numbers that a key and a value determine: HMAC in counter mode. Not thread-safe. */
final class Noise {
    private final SurrogateKeys keys;
    private final Purpose purpose;
    private final String value;
    private byte[] block;
    private int used;
    private int counter;

    Noise(SurrogateKeys keys, Purpose purpose, String value) {
        this.keys = keys;
        this.purpose = purpose;
        this.value = value;
        this.block = keys.hmac(purpose, value);
    }

    /** The next number from 0 up to {@code bound}, which is at most 65,536. */
    int below(int bound) {
        int random = next();
        if (bound > 32) {
            random = random << 8 | next();
        }
        return bound > 32 ? (int) ((long) random * bound >>> 16) : random * bound >>> 8;
    }

    char digit() {
        return (char) ('0' + below(10));
    }

    private int next() {
        if (used == block.length) {
            block = keys.hmac(purpose, value + '\0' + ++counter);
            used = 0;
        }
        return block[used++] & 0xFF;
    }
}
