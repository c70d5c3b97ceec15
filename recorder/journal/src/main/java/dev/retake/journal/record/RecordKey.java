package dev.retake.journal.record;

import dev.retake.common.keys.Aead;

/**
 * A data key and where the keyring has it.
 *
 * @param day the keyring's period, days since 1970-01-01
 * @param number position within the day
 * @param aead what seals under it
 * @param tenantTag see {@link TenantTag}; treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordKey(int day, int number, Aead aead, byte[] tenantTag) {}
