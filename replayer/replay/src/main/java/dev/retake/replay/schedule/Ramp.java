package dev.retake.replay.schedule;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a run begin with one session and doubles the number as the target keeps answering, so that a target which cannot
 * bear the load is found out early. Thread-safe.
 */
public final class Ramp {
    private final int most;
    private final int answersEach;
    private final StopSignal stop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int allowed;
    private int running;
    private int answers;

    /**
     * @param most sessions at the same time in the end
     * @param answersEach answers for each session that may run before their number doubles; 0 allows all at once
     */
    public Ramp(int most, int answersEach, StopSignal stop) {
        this.most = most;
        this.answersEach = answersEach;
        this.stop = stop;
        this.allowed = answersEach == 0 ? most : 1;
        stop.whenStopped(this::wake);
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until one more session may run; returns at once when the run ends. */
    public void enter() {
        lock.lock();
        try {
            while (running >= allowed && stop.reason() == null) {
                changed.awaitUninterruptibly();
            }
            running++;
        } finally {
            lock.unlock();
        }
    }

    /** A session ended. */
    public void leave() {
        lock.lock();
        try {
            running--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The target answered a request without a sign of suffering. */
    public void answered() {
        lock.lock();
        try {
            answers++;
            if (allowed < most && answers >= answersEach * (long) allowed) {
                answers = 0;
                allowed = Math.min(most, 2 * allowed);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many sessions may run now. */
    public int allowed() {
        lock.lock();
        try {
            return allowed;
        } finally {
            lock.unlock();
        }
    }
}
