/** The language that selects sessions; start at {@link dev.retake.journal.query.SessionQuery}. */
@NullMarked
package dev.retake.journal.query;

import org.jspecify.annotations.NullMarked;
