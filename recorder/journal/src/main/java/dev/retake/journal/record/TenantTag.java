package dev.retake.journal.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A tenant's name in associated data: the first 16 bytes of its SHA-256, so that every seal is bound to it. */
public final class TenantTag {
    /** Bytes of a tag. */
    public static final int BYTES = 16;

    private TenantTag() {}

    /** The tag of {@code tenant}. */
    public static byte[] of(String tenant) {
        return Arrays.copyOf(SessionTag.digest().digest(tenant.getBytes(StandardCharsets.UTF_8)), BYTES);
    }
}
