/**
 * Wrapped data keys, in files outside the journal, so that destroying a key destroys every copy of what it sealed. Start
 * at {@link dev.retake.journal.keyring.KeyBlock}, which draws the files.
 */
@NullMarked
package dev.retake.journal.keyring;

import org.jspecify.annotations.NullMarked;
