package dev.retake.replay;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Request;
import dev.retake.replay.guard.TargetGuard;
import dev.retake.replay.schedule.StopSignal;
import dev.retake.replay.target.Patience;
import dev.retake.replay.target.PinnedTarget;
import dev.retake.replay.target.Reply;
import dev.retake.replay.target.TargetClient;
import dev.retake.replay.target.TargetConnection;
import dev.retake.verdict.TransportError;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Finds out whether the target is there before the first session is sent to it. */
final class TargetReadiness {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final TargetClient client;
    private final StopSignal stop;

    TargetReadiness(TargetClient client, StopSignal stop) {
        this.client = client;
        this.stop = stop;
    }

    /**
     * Connects once.
     *
     * @throws RetakeException {@link ErrorCode#UNREACHABLE}
     */
    void probe() throws InterruptedException {
        try (TargetConnection connection = client.connection()) {
            TransportError error = connection.probe();
            if (error != null) {
                String how = error.kind() == TransportError.Kind.TLS
                        ? " offers no TLS session that can be trusted; check its certificate and replay.tls."
                        : " cannot be reached; start it, or pass --wait-for.";
                throw new RetakeException(
                        ErrorCode.UNREACHABLE, "The target " + client.target().origin() + how);
            }
        }
    }

    /**
     * Asks {@code url} until it answers with a status below 500.
     *
     * @throws RetakeException {@link ErrorCode#UNREACHABLE} where it does not in time
     */
    void waitFor(URI url, TargetGuard guard, ReplayPolicy policy) throws InterruptedException {
        URI base = URI.create(url.getScheme() + "://" + url.getRawAuthority());
        PinnedTarget pinned = guard.admit(base);
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        Headers headers = Headers.of("Host", pinned.authority(), "Accept", "*/*", "Connection", "close");
        Request request = new Request("GET", target, "HTTP/1.1", headers, Body.EMPTY, Headers.EMPTY);
        long deadline = System.nanoTime() + policy.waitTimeout().toNanos();
        try (TargetClient waiting = new TargetClient(pinned, policy.limits(), policy.tls())) {
            while (!answers(waiting, request, policy.limits().response())) {
                if (stop.await(POLL_NANOS)) {
                    return;
                }
                if (System.nanoTime() > deadline) {
                    throw new RetakeException(
                            ErrorCode.UNREACHABLE,
                            "What --wait-for names did not answer within "
                                    + policy.waitTimeout().toSeconds()
                                    + " s; start it, or raise replay.waitTimeout.");
                }
            }
        }
    }

    private static boolean answers(TargetClient client, Request request, Duration silence) throws InterruptedException {
        try (TargetConnection connection = client.connection()) {
            Reply reply = connection.send(request, Patience.forWhole(silence, Duration.ZERO));
            return reply instanceof Reply.Answered answered
                    && answered.response().status() < 500;
        }
    }
}
