package dev.retake.pipeline.session;

import java.util.HexFormat;

/** 128 bits of a keyed hash in place of an identity; what was hashed is never kept. */
record IdentityKey(long high, long low) {
    String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
