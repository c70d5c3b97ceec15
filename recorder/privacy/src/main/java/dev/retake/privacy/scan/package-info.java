/**
 * Looks for leaks in bytes of any kind and length: planted values under every encoding, and what the detectors know. Start
 * at {@link dev.retake.privacy.scan.ByteScanner}.
 */
@NullMarked
package dev.retake.privacy.scan;

import org.jspecify.annotations.NullMarked;
