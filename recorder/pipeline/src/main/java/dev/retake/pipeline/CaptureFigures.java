package dev.retake.pipeline;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
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

    void count(List<SanitizedExchange> recorded) {
        for (SanitizedExchange sanitized : recorded) {
            Exchange exchange = sanitized.exchange();
            count(exchange.request().body());
            Response response = exchange.response();
            if (response != null) {
                count(response.body());
            }
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
