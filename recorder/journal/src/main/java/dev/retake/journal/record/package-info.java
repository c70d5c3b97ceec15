/**
 * What one record is, as bytes: content, compression and seal. Start at {@link dev.retake.journal.record.Frame}, which draws
 * it.
 */
@NullMarked
package dev.retake.journal.record;

import org.jspecify.annotations.NullMarked;
