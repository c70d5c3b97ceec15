/** The database under the journal, and nothing of what is in it: RocksDB is known here only. Start at {@link dev.retake.journal.store.JournalDb}. */
@NullMarked
package dev.retake.journal.store;

import org.jspecify.annotations.NullMarked;
