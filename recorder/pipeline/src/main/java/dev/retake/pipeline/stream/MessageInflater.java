package dev.retake.pipeline.stream;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes the compression off the messages of one side (RFC 7692 §7.2.2), within a bound on all of them together. Whether the
 * sender begins anew with each message makes no difference here: then no message looks back at the one before. What it holds
 * outside the heap is given back by {@link #close}.
 */
final class MessageInflater implements AutoCloseable {
    private static final byte[] NO_BYTES = {};
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Inflater inflater = new Inflater(true);
    private int left;
    private byte[] output = NO_BYTES;
    private int written;

    /** An inflater of messages that may have {@code bound} bytes together. */
    MessageInflater(int bound) {
        this.left = bound;
    }

    /** Whether messages had more bytes than the bound allows. */
    boolean full() {
        return left == 0;
    }

    /**
     * The content of a message, as far as the bound allows.
     *
     * @param whole whether its end is here
     * @throws DataFormatException for what no peer that keeps to RFC 7692 sends
     */
    byte[] inflate(byte[] compressed, int length, boolean whole) throws DataFormatException {
        output = new byte[(int) Math.min(left, Math.max(64, 3L * length))];
        written = 0;
        add(compressed, length);
        if (whole) {
            add(TAIL, TAIL.length);
        }
        byte[] content = Arrays.copyOf(output, written);
        output = NO_BYTES;
        return content;
    }

    private void add(byte[] input, int length) throws DataFormatException {
        inflater.setInput(input, 0, length);
        while (left > 0) {
            if (written == output.length) {
                output = Arrays.copyOf(output, (int) Math.min((long) written + left, 2L * written + 64));
            }
            int count = inflater.inflate(output, written, output.length - written);
            written += count;
            left -= count;
            if (inflater.finished()) {
                // RFC 7692 §7.2.3.4: a sender may end a block for good; what follows is compressed anew.
                int rest = inflater.getRemaining();
                inflater.reset();
                inflater.setInput(input, length - rest, rest);
            } else if (count == 0) {
                if (inflater.needsDictionary()) {
                    throw new DataFormatException("needs a dictionary");
                }
                return;
            }
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
