package dev.retake.journal.table;

import dev.retake.journal.record.RecordInput;
import dev.retake.journal.record.RecordOutput;
import dev.retake.journal.record.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for the operations that come first, by which sessions in memory name them; most services have few. For one thread. */
public final class Operations {
    private static final int MAX_NUMBERED = 1_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> numbered = new ArrayList<>();

    /** The one instance of {@code operation}, as long as there are not too many different ones. */
    public String shared(String operation) {
        Integer number = numbers.get(operation);
        if (number != null) {
            return numbered.get(number - 1);
        }
        if (numbered.size() < MAX_NUMBERED) {
            numbered.add(operation);
            numbers.put(operation, numbered.size());
        }
        return operation;
    }

    /** Writes the number of {@code operation}, or 0 and its text. */
    void write(String operation, RecordOutput out) {
        Integer number = numbers.get(operation);
        out.varint(number == null ? 0 : number);
        if (number == null) {
            out.text(operation);
        }
    }

    /** What {@link #write} wrote. */
    String read(RecordInput in) throws UnreadableException {
        int number = in.integer();
        return number == 0 ? in.text() : numbered.get(number - 1);
    }
}
