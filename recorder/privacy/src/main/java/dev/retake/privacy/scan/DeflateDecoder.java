package dev.retake.privacy.scan;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** zlib (RFC 1950), and gzip (RFC 1952) by way of its header. */
final class DeflateDecoder implements StreamDecoder {
    private static final int FIXED_HEADER = 10;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final Inflater inflater;
    private final byte[] room = new byte[8 * 1024];

    /** Bytes of the gzip header that were read; -1 once it is over. */
    private int header;

    private int flags;
    private int extra = -1;
    private int extraBytes;

    private DeflateDecoder(boolean gzip) {
        this.inflater = new Inflater(gzip);
        this.header = gzip ? 0 : -1;
    }

    static DeflateDecoder gzip() {
        return new DeflateDecoder(true);
    }

    static DeflateDecoder zlib() {
        return new DeflateDecoder(false);
    }

    @Override
    public boolean feed(byte[] bytes, int from, int to, Output out) {
        int at = from;
        while (header >= 0 && at < to) {
            if (!header(bytes[at++])) {
                return false;
            }
        }
        if (at == to) {
            return true;
        }
        inflater.setInput(bytes, at, to - at);
        long written = inflater.getBytesWritten();
        try {
            while (true) {
                int count = inflater.inflate(room);
                if (count > 0 && !out.put(room, count) || inflater.finished() || inflater.needsDictionary()) {
                    return false;
                }
                if (count == 0) {
                    return true;
                }
                written = inflater.getBytesWritten();
            }
        } catch (DataFormatException e) {
            // Most often chance put the first bytes there; else what came before the damage counts too.
            int count = (int) (inflater.getBytesWritten() - written);
            if (count > 0) {
                out.put(room, count);
            }
            return false;
        }
    }

    /** Takes a byte of the header; false where it is none. */
    private boolean header(byte value) {
        int at = header++;
        if (at < FIXED_HEADER) {
            if (at == 3) {
                flags = value & 0xff;
            }
            if (at == 2 && value != 8 || flags > 31) {
                return false;
            }
        } else if ((flags & EXTRA) != 0) {
            extraBytes++;
            if (extraBytes <= 2) {
                extra = extraBytes == 1 ? value & 0xff : extra | (value & 0xff) << 8;
            }
            if (extraBytes >= 2 && extraBytes == extra + 2) {
                flags &= ~EXTRA;
            }
        } else if ((flags & NAME) != 0) {
            flags &= value == 0 ? ~NAME : ~0;
        } else if ((flags & COMMENT) != 0) {
            flags &= value == 0 ? ~COMMENT : ~0;
        } else if ((flags & HEADER_CRC) != 0) {
            // Two bytes: the mark moves to a bit that nothing else uses.
            flags = flags & ~HEADER_CRC | 64;
        } else {
            flags &= ~64;
        }
        if (header >= FIXED_HEADER && (flags & ~1) == 0) {
            header = -1;
        }
        return true;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
