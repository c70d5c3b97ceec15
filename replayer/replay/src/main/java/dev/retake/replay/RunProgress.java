package dev.retake.replay;

import dev.retake.replay.ReplayListener.Progress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a run has done and tells its listener. Thread-safe. */
final class RunProgress {
    private final ReplayListener listener;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong exchanges = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    RunProgress(ReplayListener listener) {
        this.listener = listener;
    }

    void exchangeDone(boolean wasSent) {
        sent.addAndGet(wasSent ? 1 : 0);
        exchanges.incrementAndGet();
        tell();
    }

    void sessionDone() {
        sessions.incrementAndGet();
        tell();
    }

    /** Says {@code sentence} once in a run. */
    void warn(String sentence) {
        if (warned.add(sentence)) {
            listener.warned(sentence);
        }
    }

    /** What was warned of, in no order. */
    Set<String> warnings() {
        return Set.copyOf(warned);
    }

    private void tell() {
        listener.progressed(new Progress(sessions.get(), exchanges.get(), sent.get()));
    }
}
