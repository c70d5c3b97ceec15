/**
 * The optional vault: originals for surrogates, sealed for a key of its own; start at {@link
 * dev.retake.journal.vault.VaultWriter} and {@link dev.retake.journal.vault.VaultReader}.
 */
@NullMarked
package dev.retake.journal.vault;

import org.jspecify.annotations.NullMarked;
