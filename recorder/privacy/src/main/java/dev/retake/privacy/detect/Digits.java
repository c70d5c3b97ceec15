package dev.retake.privacy.detect;

/** The first digits of a buffer, read as text. */
final class Digits implements CharSequence {
    private final char[] buffer;
    private final int from;
    private final int to;

    Digits(char[] buffer, int length) {
        this(buffer, 0, length);
    }

    private Digits(char[] buffer, int from, int to) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        return buffer[from + index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new Digits(buffer, from + start, from + end);
    }

    @Override
    public String toString() {
        return new String(buffer, from, to - from);
    }
}
