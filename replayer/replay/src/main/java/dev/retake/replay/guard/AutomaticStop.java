package dev.retake.replay.guard;

import dev.retake.replay.target.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the target suffers: transport failures, timeouts, 429 and 503, and nothing else, since any other status is
 * an answer to be compared. An answer that was recorded with that very status is none of the target's suffering either.
 * Thread-safe.
 */
public final class AutomaticStop {
    private final StopThresholds thresholds;
    private final boolean[] window;
    private int next;
    private int seen;
    private int suffering;
    private int inARow;

    public AutomaticStop(StopThresholds thresholds) {
        this.thresholds = thresholds;
        this.window = new boolean[thresholds.window()];
    }

    /** Whether {@code reply} is a sign of suffering, given the status that was recorded (0 for none). */
    public static boolean isSuffering(Reply reply, int recordedStatus) {
        if (reply instanceof Reply.Answered answered) {
            int status = answered.response().status();
            return (status == 429 || status == 503) && status != recordedStatus;
        }
        return true;
    }

    /** Takes in one more reply; a sentence when the run should end. */
    public synchronized @Nullable String after(boolean suffers) {
        inARow = suffers ? inARow + 1 : 0;
        if (seen == window.length) {
            suffering -= window[next] ? 1 : 0;
        } else {
            seen++;
        }
        window[next] = suffers;
        suffering += suffers ? 1 : 0;
        next = (next + 1) % window.length;
        if (inARow >= thresholds.consecutive()) {
            return "The run stopped itself to spare the target: " + inARow
                    + " requests in a row met a transport failure, a timeout, 429 or 503.";
        }
        if (seen == window.length && suffering * 100L >= (long) thresholds.percent() * seen) {
            return "The run stopped itself to spare the target: " + suffering + " of the last " + seen
                    + " requests met a transport failure, a timeout, 429 or 503.";
        }
        return null;
    }
}
