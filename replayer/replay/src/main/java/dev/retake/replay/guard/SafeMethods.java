package dev.retake.replay.guard;

import dev.retake.common.exchange.Request;
import dev.retake.replay.message.Glob;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Tells requests that change nothing (RFC 9110 §9.2.1) from those that are sent only when the user says so. */
public final class SafeMethods {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final boolean allowUnsafe;
    private final List<Glob> operations;

    /**
     * @param operations {@code METHOD /path} that are safe in spite of their method; {@code *} stands for any characters
     */
    public SafeMethods(boolean allowUnsafe, Collection<String> operations) {
        this.allowUnsafe = allowUnsafe;
        this.operations = operations.stream().map(Glob::new).toList();
    }

    /** Whether {@code request} may be sent. */
    public boolean allow(Request request) {
        if (allowUnsafe || SAFE.contains(request.method())) {
            return true;
        }
        String operation = request.method() + " " + request.path();
        return operations.stream().anyMatch(glob -> glob.matches(operation));
    }
}
