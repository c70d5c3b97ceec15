package dev.retake.privacy.scan;

/** Takes the compression off one stream that is pushed to it. Not thread-safe; closed once. */
interface StreamDecoder extends AutoCloseable {
    /** Takes decoded bytes, which it does not keep. */
    interface Output {
        /** Takes {@code bytes[0, length)}; false where no more is wanted. */
        boolean put(byte[] bytes, int length);
    }

    /**
     * Decodes {@code bytes[from, to)}.
     *
     * @return whether it goes on; false where the stream ended, or turned out to be none
     */
    boolean feed(byte[] bytes, int from, int to, Output out);

    /** Lets go of native memory. */
    @Override
    void close();
}
