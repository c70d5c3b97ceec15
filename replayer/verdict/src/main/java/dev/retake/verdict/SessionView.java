package dev.retake.verdict;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.verdict.diff.Change;
import dev.retake.verdict.diff.ExchangeDiff;
import dev.retake.verdict.diff.FieldHistory;
import dev.retake.verdict.diff.Frame;
import dev.retake.verdict.noise.RecordedNoise;
import dev.retake.verdict.renaming.SessionNames;
import dev.retake.verdict.shape.OwnHosts;
import dev.retake.verdict.shape.TextPair;
import dev.retake.verdict.tree.FormReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One session as its steps are reported: each is compared at once, and only differences stay. Thread-safe. */
final class SessionView {
    private static final int LARGEST_BODY = 16_384;

    private final VerdictSettings settings;
    private final FieldHistory history;
    private final RecordedNoise.Watch watch;
    private final SessionNames names = new SessionNames();
    private int watched;
    private final Map<Integer, StepOutcome> outcomes = new TreeMap<>();

    SessionView(VerdictSettings settings, FieldHistory history, RecordedNoise noise) {
        this.settings = settings;
        this.history = history;
        this.watch = noise.watch();
    }

    /** A step that was not compared: what it wrote when it was recorded still lies between the answers around it. */
    synchronized void notCompared(Step step, StepOutcome outcome) {
        watch(step, outcome.facts());
        report(outcome);
    }

    /** Once in order: a step that is reported again was seen. */
    private void watch(Step step, StepFacts facts) {
        if (step.sequence() > watched) {
            watched = step.sequence();
            watch.see(step.recorded(), facts.look());
        }
    }

    private void report(StepOutcome outcome) {
        outcomes.put(outcome.facts().sequence(), outcome);
    }

    synchronized void compared(
            Step step, Request sent, Response observed, double millis, @Nullable Dependence dependence) {
        StepFacts facts = StepFacts.of(step);
        Exchange exchange = step.recorded();
        Response recorded = exchange.response();
        if (recorded == null) {
            report(new StepOutcome.Skipped(facts, "no-response"));
            return;
        }
        watch(step, facts);
        names.learn(exchange.request(), sent);
        Frame frame = new Frame(
                switch (settings.compare()) {
                    case VALUES -> Frame.Depth.VALUES;
                    case SHAPE -> Frame.Depth.SHAPE;
                    case STATUS -> Frame.Depth.STATUS;
                },
                settings.comparable() == RunResult.Comparability.FOREIGN,
                hosts(exchange.request(), sent),
                settings.surrogateClass()::of,
                names.known(),
                names,
                new FieldHistory.Of(
                        history,
                        facts.look(),
                        exchange.request().target() + " "
                                + Arrays.hashCode(exchange.request().body().bytes())),
                entity(facts.path()));
        BodyDigest digest = settings.digest();
        ExchangeDiff.Result result = ExchangeDiff.of(
                recorded, observed, facts.method().equals("HEAD"), frame, digest == null ? null : digest::of);
        List<StepOutcome.Difference> differences = new ArrayList<>();
        for (Change change : result.changes()) {
            String objection = names.takeUp(change);
            differences.add(new StepOutcome.Difference(change, objection == null ? "" : objection));
        }
        boolean keepBody = !differences.isEmpty() && sent.body().bytes().length <= LARGEST_BODY;
        report(new StepOutcome.Compared(
                facts, keepBody ? sent : withoutBody(sent), differences, result.bodyCompared(), millis, dependence));
    }

    static Request withoutBody(Request sent) {
        Body body = sent.body().withBytes(new byte[0]);
        return new Request(sent.method(), sent.target(), sent.version(), sent.headers(), body, sent.trailers());
    }

    /** The steps in order, a copy. */
    synchronized Map<Integer, StepOutcome> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** What its requests and answers show to stand for one another. */
    SessionNames names() {
        return names;
    }

    private OwnHosts hosts(Request recorded, Request sent) {
        Set<String> own = new HashSet<>(settings.recordedHosts());
        own.addAll(recorded.headers().all("Host"));
        own.addAll(recorded.headers().all("X-Forwarded-Host"));
        own.addAll(sent.headers().all("Host"));
        String target = URI.create(settings.target()).getRawAuthority();
        if (target != null) {
            own.add(target);
        }
        return new OwnHosts(own);
    }

    /** What the last name in a path calls one of its things: {@code order} for {@code /orders/17}. */
    private static String entity(String path) {
        String found = "";
        for (String segment : path.split("/")) {
            if (!segment.isEmpty() && !PathTemplate.looksLikeId(segment)) {
                found = segment;
            }
        }
        return TextPair.singular(FormReader.decode(found));
    }
}
