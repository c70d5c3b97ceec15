package dev.retake.journal.audit;

import java.util.List;

/**
 * What is in an audit log, and whether it is all that was written.
 *
 * @param entries those that can be read, in order
 * @param damage where lines are missing, changed or not in order, in words
 */
public record AuditCheck(List<AuditEntry> entries, List<String> damage) {
    public AuditCheck {
        entries = List.copyOf(entries);
        damage = List.copyOf(damage);
    }
}
