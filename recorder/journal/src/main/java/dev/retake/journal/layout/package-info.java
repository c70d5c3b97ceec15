/** The files of a journal apart from its tables and keys; start at {@link dev.retake.journal.layout.JournalFiles}, which lists them. */
@NullMarked
package dev.retake.journal.layout;

import org.jspecify.annotations.NullMarked;
