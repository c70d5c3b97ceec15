/** What is in the tables of a journal; start at {@link dev.retake.journal.table.Keys}, which draws them. */
@NullMarked
package dev.retake.journal.table;

import org.jspecify.annotations.NullMarked;
