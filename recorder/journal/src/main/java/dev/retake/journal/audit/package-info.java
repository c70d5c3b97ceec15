/** Who looked at what, and why; start at {@link dev.retake.journal.audit.AuditLog}. */
@NullMarked
package dev.retake.journal.audit;

import org.jspecify.annotations.NullMarked;
