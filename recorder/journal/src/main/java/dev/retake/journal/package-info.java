/**
 * The sealed store of recorded sessions. Start at {@link dev.retake.journal.JournalWriter}, which one process has, and
 * {@link dev.retake.journal.JournalReader}, which reads beside it; {@code docs/journal-format.md} draws the files.
 */
@NullMarked
package dev.retake.journal;

import org.jspecify.annotations.NullMarked;
