package dev.retake.pipeline;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Withheld;
import dev.retake.privacy.SanitizedExchange;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what was kept of the bodies that were recorded, and how many sessions are open. Written by the recorder's thread, read by any. */
final class CaptureFigures {
    private final AtomicLong truncated = new AtomicLong();
    private volatile long openSessions;
    private volatile long evictedSessions;
    private final Tally<Withheld> withheld = new Tally<>(Withheld.class);
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final Tally<Messages.Cut> cut = new Tally<>(Messages.Cut.class);

    void count(List<SanitizedExchange> recorded) {
        for (SanitizedExchange sanitized : recorded) {
            Exchange exchange = sanitized.exchange();
            count(exchange.request().body());
            Response response = exchange.response();
            if (response != null) {
                count(response.body());
                countEvents(response);
            }
            Messages passed = exchange.messages();
            if (passed != null) {
                count(passed);
            }
        }
    }

    private void countEvents(Response response) {
        int times = response.body().chunkTimes().length;
        if (times == 0 || response.body().withheld() != null) {
            return; // most bodies, whose type need not be read
        }
        MediaType type = MediaType.parse(response.headers().first("Content-Type"));
        if (type.family() == MediaType.Family.EVENT_STREAM) {
            events.addAndGet(times / 2);
        }
    }

    private void count(Messages passed) {
        messages.addAndGet(passed.all().size());
        Messages.Cut reason = passed.cut();
        if (reason != null) {
            cut.increment(reason);
        }
    }

    void sessions(long open, long evicted) {
        openSessions = open;
        evictedSessions = evicted;
    }

    long openSessions() {
        return openSessions;
    }

    long evictedSessions() {
        return evictedSessions;
    }

    /** Messages of WebSockets. */
    long messages() {
        return messages.get();
    }

    /** Events of event streams. */
    long events() {
        return events.get();
    }

    /** WebSockets of which not all was recorded. */
    long cut(Messages.Cut reason) {
        return cut.of(reason);
    }

    long truncated() {
        return truncated.get();
    }

    long withheld(Withheld reason) {
        return withheld.of(reason);
    }

    private void count(Body body) {
        if (body.truncated()) {
            truncated.incrementAndGet();
        }
        Withheld reason = body.withheld();
        if (reason != null) {
            withheld.increment(reason);
        }
    }
}
