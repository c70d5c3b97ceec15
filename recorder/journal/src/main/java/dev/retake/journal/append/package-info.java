/** How a journal grows, and what is removed from it; start at {@link dev.retake.journal.append.OwnedTables}. */
@NullMarked
package dev.retake.journal.append;

import org.jspecify.annotations.NullMarked;
