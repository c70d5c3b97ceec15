package dev.retake.replay;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import dev.retake.replay.correlate.SessionPlan;
import dev.retake.replay.correlate.SessionValues;
import dev.retake.replay.credential.Credential;
import dev.retake.replay.credential.CredentialDoubt;
import dev.retake.replay.credential.Secrets;
import dev.retake.replay.credential.SessionCredential;
import dev.retake.replay.gap.UndoneSteps;
import dev.retake.replay.guard.AutomaticStop;
import dev.retake.replay.message.RequestSlots;
import dev.retake.replay.schedule.Schedule;
import dev.retake.replay.schedule.StopSignal.Stop;
import dev.retake.replay.source.RecordedSession;
import dev.retake.replay.target.Patience;
import dev.retake.replay.target.Reply;
import dev.retake.replay.target.TargetConnection;
import dev.retake.verdict.Dependence;
import dev.retake.verdict.RunResult.Comparability;
import dev.retake.verdict.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays one recorded session against the target, step by step, and reports each to the verdict. For one thread. */
final class SessionPlayer {
    private final RunContext run;
    private final RecordedSession session;
    private final List<Exchange> exchanges;
    private final SessionPlan plan;
    private final SessionValues values;
    private final UndoneSteps undone;
    private final SessionCookies cookies;
    private final @Nullable SessionCredential credential;
    private final Set<Integer> answeredAlike = new HashSet<>();
    private boolean doubtful;

    SessionPlayer(RunContext run, RecordedSession session, List<Exchange> exchanges) {
        this.run = run;
        this.session = session;
        this.exchanges = exchanges;
        this.plan = SessionPlan.learn(exchanges, run.settings().policy().neverBound());
        this.values = plan.begin(run.bindings());
        this.undone = new UndoneSteps(exchanges);
        this.cookies = new SessionCookies(plan, run.environment().clock());
        Credential entry = run.credentials().of(identity());
        this.credential = entry == null ? null : new SessionCredential(entry, exchanges);
    }

    /** Plays all steps; those that are left when the run ends are skipped. */
    void play() {
        Schedule.Turns turns = run.schedule().session(exchanges);
        int step = 0;
        try (TargetConnection connection = run.client().connection()) {
            logIn(connection);
            for (; step < exchanges.size() && run.stop().reason() == null; step++) {
                play(step, turns, connection);
                turns.done();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Stop stop = run.stop().reason();
        for (; step < exchanges.size(); step++) {
            skip(step, stop == null ? "interrupted" : stop.skipReason(), false);
        }
    }

    private void play(int step, Schedule.Turns turns, TargetConnection connection) throws InterruptedException {
        Exchange recorded = exchanges.get(step);
        String reason = Playability.skipReason(recorded, run.safe());
        if (credential != null && credential.replaces(recorded.request())) {
            reason = Playability.CREDENTIALS;
        }
        if (reason != null) {
            skip(step, reason, false);
            return;
        }
        Request sent = prepare(step);
        if (sent == null || !turns.await(step)) {
            return;
        }
        Reply reply = connection.send(sent, patience(recorded));
        watchTarget(reply, recorded);
        if (reply instanceof Reply.Answered answered) {
            answered(step, sent, answered);
        } else if (reply instanceof Reply.Failed failed) {
            run.verdict().failed(step(step), sent, failed.error(), failed.millis());
            values.lost(step, "failed");
            undone.addFailed(step);
            run.progress().exchangeDone(true);
        }
    }

    /** What to send for {@code step}, with the target's values, or null where it was reported as blocked. */
    private @Nullable Request prepare(int step) {
        Request recorded = exchanges.get(step).request();
        Set<String> given = credential == null ? Set.of() : credential.locations(recorded);
        SessionValues.Rendered rendered = values.render(step, given);
        if (rendered instanceof SessionValues.Blocked blocked) {
            block(step, undone.waiting(blocked.step(), blocked.why()));
            return null;
        }
        Request request = ((SessionValues.Ready) rendered).request();
        // Cookies last: what the target set for a path is compared with the path that it sees.
        request = run.rewriter().rewrite(credential == null ? request : credential.apply(request));
        OptionalInt setter = cookies.missing(step, request);
        if (setter.isPresent() && !answeredAlike.contains(setter.getAsInt()) && !given.contains("header:Cookie")) {
            String how = values.lossOf(setter.getAsInt());
            String why = "It needs a cookie from step " + (setter.getAsInt() + 1) + ", which "
                    + (how == null ? "was not answered as recorded" : how) + ".";
            block(step, undone.waiting(setter.getAsInt(), why));
            return null;
        }
        return cookies.apply(step, request);
    }

    private void answered(int step, Request sent, Reply.Answered answered) {
        Exchange recorded = exchanges.get(step);
        Response observed = answered.response();
        cookies.store(sent, observed);
        values.answered(step, observed);
        Response expected = recorded.response();
        if (expected == null) {
            skip(step, Playability.NO_RESPONSE, true);
            return;
        }
        if (expected.status() / 100 == observed.status() / 100) {
            answeredAlike.add(step);
        }
        if (hasStaleValidator(step, expected, observed)) {
            skip(step, Playability.STALE_VALIDATOR, true);
            return;
        }
        weighCredentials(step, recorded, expected, observed);
        Dependence dependence = undone.of(step, observed.status());
        if (dependence != null) {
            undone.add(step, dependence);
        }
        run.verdict().compared(step(step), sent, forVerdict(recorded, sent, observed), answered.millis(), dependence);
        run.progress().exchangeDone(true);
    }

    private boolean hasStaleValidator(int step, Response expected, Response observed) {
        if (expected.status() != 304 || observed.status() != 200) {
            return false;
        }
        Set<String> bound = plan.boundLocations(step);
        return bound.stream().noneMatch(location -> location.regionMatches(true, 0, "header:If-", 0, 10));
    }

    private void weighCredentials(int step, Exchange recorded, Response expected, Response observed) {
        boolean ours = credential != null || recorded.policyVersion() == 0;
        if (ours || run.settings().comparable() == Comparability.ANONYMIZED) {
            return;
        }
        RequestSlots slots = RequestSlots.of(recorded.request());
        boolean refusal = CredentialDoubt.isRefusal(expected, observed);
        if (refusal && (doubtful || Secrets.carriesOwn(slots, fromTarget(step)))) {
            doubtful = true;
            run.doubt().refused(session.id(), step);
            values.lost(step, "was refused for its credentials");
        } else if (!refusal && expected.status() < 400 && observed.status() < 400 && Secrets.logsIn(slots)) {
            run.doubt().accepted();
        }
    }

    private Set<String> fromTarget(int step) {
        Set<String> locations = new HashSet<>(plan.boundLocations(step));
        plan.serverCookies(step).keySet().forEach(name -> locations.add("cookie:" + name));
        return locations;
    }

    /** What the verdict compares: within the production boundary, the answer as the recorder would have kept it. */
    private Response forVerdict(Exchange recorded, Request sent, Response observed) {
        ReplayEnvironment.ExchangeSanitizer sanitizer = run.environment().sanitizer();
        if (sanitizer == null || run.settings().comparable() != Comparability.SHADOW) {
            return observed;
        }
        Exchange sanitized = sanitizer.sanitize(new Exchange(
                recorded.id(),
                recorded.node(),
                recorded.connection(),
                recorded.session(),
                recorded.sequence(),
                recorded.identity(),
                sent,
                observed,
                List.of(),
                recorded.timings(),
                Outcome.COMPLETE,
                null,
                0));
        return sanitized.response() == null ? observed : sanitized.response();
    }

    private void logIn(TargetConnection connection) throws InterruptedException {
        Request login = credential == null ? null : credential.loginRequest();
        if (login == null || credential == null) {
            return;
        }
        Request sent = run.rewriter().rewrite(login);
        Reply reply =
                connection.send(sent, Patience.forWhole(run.client().limits().response(), Duration.ZERO));
        boolean done = reply instanceof Reply.Answered answered && takeLogin(sent, answered.response(), credential);
        if (!done) {
            run.progress()
                    .warn("The login request of replay.credentials did not give what it should; check it by hand.");
        }
    }

    private boolean takeLogin(Request sent, Response response, SessionCredential with) {
        cookies.store(sent, response);
        return with.loggedIn(response);
    }

    private void watchTarget(Reply reply, Exchange recorded) {
        Response response = recorded.response();
        boolean suffers = AutomaticStop.isSuffering(reply, response == null ? 0 : response.status());
        String sentence = run.automaticStop().after(suffers);
        if (sentence != null) {
            run.stop().stop(new Stop("stopped", sentence));
        } else if (!suffers) {
            run.ramp().answered();
        }
    }

    private Patience patience(Exchange recorded) {
        Duration silence = run.client().limits().response();
        Timings timings = recorded.timings();
        Duration took = Duration.ofNanos(Math.max(0, Math.max(timings.firstByteNs(), timings.lastByteNs())));
        Response response = recorded.response();
        if (recorded.outcome() == Outcome.CLIENT_ABORTED && response != null) {
            return Patience.forPart(silence, took, response.body().wireSize());
        }
        return Patience.forWhole(silence, took);
    }

    private void skip(int step, String reason, boolean wasSent) {
        run.verdict().skipped(step(step), reason);
        if (credential != null
                && credential.loginResponse() != null
                && credential.replaces(exchanges.get(step).request())) {
            values.answered(step, credential.loginResponse());
            answeredAlike.add(step);
        } else if (!wasSent) {
            values.lost(step, "was skipped (" + reason + ")");
            undone.add(step, "was skipped (" + reason + ")");
        }
        run.progress().exchangeDone(wasSent);
    }

    private void block(int step, Dependence dependence) {
        run.verdict().blocked(step(step), dependence);
        values.lost(step, "was blocked");
        undone.add(step, dependence);
        run.progress().exchangeDone(false);
    }

    /** The step for the verdict: a response that ended before its time is one of which only the beginning is known. */
    private Step step(int step) {
        Exchange recorded = exchanges.get(step);
        Response response = recorded.response();
        if (response == null
                || !Playability.isCutShort(recorded)
                || response.body().truncated()) {
            return new Step(session.id(), step + 1, recorded);
        }
        Body body = response.body();
        Body part = new Body(
                body.bytes(),
                body.size(),
                body.wireSize(),
                body.coding(),
                true,
                body.withheld(),
                body.digest(),
                body.digestedBytes(),
                body.chunkTimes());
        Response cut = new Response(
                response.status(),
                response.reason(),
                response.version(),
                response.headers(),
                part,
                response.trailers());
        return new Step(session.id(), step + 1, withResponse(recorded, cut));
    }

    private static Exchange withResponse(Exchange exchange, Response response) {
        return new Exchange(
                exchange.id(),
                exchange.node(),
                exchange.connection(),
                exchange.session(),
                exchange.sequence(),
                exchange.identity(),
                exchange.request(),
                response,
                exchange.informational(),
                exchange.timings(),
                exchange.outcome(),
                exchange.traceparent(),
                exchange.policyVersion());
    }

    private @Nullable String identity() {
        if (session.identity() != null) {
            return session.identity();
        }
        for (Exchange exchange : exchanges) {
            if (exchange.identity() != null) {
                return exchange.identity();
            }
        }
        return null;
    }
}
