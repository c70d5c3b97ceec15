package dev.retake.replay;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.UuidV7;
import dev.retake.replay.correlate.BindingLedger;
import dev.retake.replay.credential.CredentialBook;
import dev.retake.replay.credential.CredentialDoubt;
import dev.retake.replay.guard.AutomaticStop;
import dev.retake.replay.guard.SafeMethods;
import dev.retake.replay.guard.TargetGuard;
import dev.retake.replay.rewrite.RequestRewriter;
import dev.retake.replay.rewrite.RewriteRule;
import dev.retake.replay.schedule.Pace;
import dev.retake.replay.schedule.Ramp;
import dev.retake.replay.schedule.Schedule;
import dev.retake.replay.schedule.StopSignal;
import dev.retake.replay.schedule.StopSignal.Stop;
import dev.retake.replay.source.RecordedSession;
import dev.retake.replay.source.SessionSource;
import dev.retake.replay.target.PinnedTarget;
import dev.retake.replay.target.TargetClient;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.RunResult.Comparability;
import dev.retake.verdict.Step;
import dev.retake.verdict.Verdict;
import dev.retake.verdict.VerdictSettings;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One replay of recorded sessions against a target: admits the target, runs the hooks, plays the sessions, and gives the
 * verdict. Sessions run side by side, each on a thread of its own.
 */
public final class ReplayRun {
    private static final int MAX_CONCURRENCY = 1_024;

    private final ReplaySettings settings;
    private final SessionSource source;
    private final ReplayEnvironment environment;
    private final ReplayListener listener;
    private final StopSignal stop = new StopSignal();
    private final AtomicInteger damaged = new AtomicInteger();
    private final SessionThreads threads = new SessionThreads(this::interrupt);

    /** A run that has yet to begin; {@code source} stays open, and is the caller's to close. */
    public ReplayRun(
            ReplaySettings settings, SessionSource source, ReplayEnvironment environment, ReplayListener listener) {
        this.settings = settings;
        this.source = source;
        this.environment = environment;
        this.listener = listener;
    }

    /**
     * Plays the sessions and gives the verdict. Call once; blocks until the run ends.
     *
     * @throws RetakeException {@link ErrorCode#FORBIDDEN_TARGET}, {@link ErrorCode#UNREACHABLE}, {@link ErrorCode#HOOK},
     *     {@link ErrorCode#CONFIGURATION}, {@link ErrorCode#KEY} or {@link ErrorCode#ARGUMENT}
     */
    public RunResult run() {
        Instant started = environment.clock().instant();
        String runId =
                new UuidV7(environment.random()).next(started.toEpochMilli()).toString();
        check();
        CredentialBook credentials = new CredentialBook(settings.policy().credentials(), environment.variables());
        TargetGuard guard = guard();
        PinnedTarget target = guard.admit(settings.target());
        try (TargetClient client = new TargetClient(
                target, settings.policy().limits(), settings.policy().tls())) {
            hook("--before", settings.before(), runId);
            RunResult result = null;
            try {
                result = playWhenReady(runId, started, client, guard, credentials);
            } finally {
                if (result == null) {
                    cleanUp(runId);
                }
            }
            hook("--after", settings.after(), runId);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetakeException(
                    ErrorCode.UNREACHABLE, "The run was interrupted before it began; start it again.", e);
        }
    }

    private RunResult playWhenReady(
            String runId, Instant started, TargetClient client, TargetGuard guard, CredentialBook credentials)
            throws InterruptedException {
        TargetReadiness readiness = new TargetReadiness(client, stop);
        if (settings.waitFor() != null) {
            readiness.waitFor(settings.waitFor(), guard, settings.policy());
        }
        readiness.probe();
        listener.started(runId);
        return play(runId, started, client, credentials);
    }

    /** After a failure the last command still runs, since it may undo what the first one did; the failure is what counts. */
    private void cleanUp(String runId) throws InterruptedException {
        try {
            hook("--after", settings.after(), runId);
        } catch (RetakeException e) {
            listener.warned(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the run soon, with what was done so far and an inconclusive verdict. From any thread, at any time. */
    public void interrupt() {
        stop.stop(new Stop("interrupted", "The run was interrupted; what was done until then is reported."));
        threads.interrupt();
    }

    private void check() {
        if (settings.concurrency() < 1 || settings.concurrency() > MAX_CONCURRENCY) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "--concurrency is " + settings.concurrency() + "; it must be from 1 to " + MAX_CONCURRENCY + ".");
        }
        URI waitFor = settings.waitFor();
        if (waitFor != null && (waitFor.getScheme() == null || waitFor.getHost() == null)) {
            throw new RetakeException(
                    ErrorCode.ARGUMENT,
                    "--wait-for is '" + waitFor + "'; it must be a URL, as http://HOST:PORT/health.");
        }
        if (settings.comparable() == Comparability.SHADOW && environment.sanitizer() == null) {
            throw new RetakeException(
                    ErrorCode.KEY,
                    "--comparable shadow sanitizes what the target answers, and needs the root key; pass a key set with it"
                            + " by --keys.");
        }
    }

    private TargetGuard guard() {
        List<String> allowed = new ArrayList<>(settings.policy().allowTargets());
        allowed.addAll(settings.allowTargets());
        return new TargetGuard(
                allowed, settings.policy().productionHosts(), source.upstreams(), InetAddress::getAllByName);
    }

    private RunResult play(String runId, Instant started, TargetClient client, CredentialBook credentials) {
        List<RecordedSession> sessions = new ArrayList<>();
        source.sessions().forEachRemaining(sessions::add);
        List<RewriteRule> rules = new ArrayList<>(settings.policy().rewrites());
        rules.addAll(settings.rewrites());
        long first = sessions.isEmpty() ? 0 : micros(sessions.get(0).started());
        boolean ramps = !(settings.pace() instanceof Pace.Recorded);
        RunContext context = new RunContext(
                settings,
                environment,
                client,
                new RequestRewriter(client.target(), rules, runId),
                new SafeMethods(settings.allowUnsafe(), settings.policy().safeOperations()),
                new AutomaticStop(settings.policy().stop()),
                stop,
                new Ramp(settings.concurrency(), ramps ? settings.policy().ramp() : 0, stop),
                new Schedule(settings.pace(), first, stop, System::nanoTime),
                credentials,
                new CredentialDoubt(),
                new BindingLedger(),
                Verdict.start(verdictSettings()),
                new RunProgress(listener));
        Iterator<RecordedSession> order = sessions.iterator();
        threads.run(settings.concurrency(), () -> {
            RecordedSession next = next(order);
            if (next != null) {
                play(context, next);
            }
            return next != null;
        });
        return finish(context, runId, started, sessions);
    }

    private static @Nullable RecordedSession next(Iterator<RecordedSession> order) {
        synchronized (order) {
            return order.hasNext() ? order.next() : null;
        }
    }

    private void play(RunContext context, RecordedSession session) {
        context.ramp().enter();
        try {
            List<Exchange> exchanges = readable(session);
            Stop stopped = stop.reason();
            if (!session.complete() && !settings.includeIncomplete()) {
                skipAll(context, session, exchanges, Playability.INCOMPLETE);
            } else if (stopped != null) {
                skipAll(context, session, exchanges, stopped.skipReason());
            } else {
                new SessionPlayer(context, session, exchanges).play();
            }
        } finally {
            context.ramp().leave();
            context.progress().sessionDone();
        }
    }

    /** Damage to one session costs no other; the session itself cannot be played in part. */
    private List<Exchange> readable(RecordedSession session) {
        try {
            return source.exchanges(session);
        } catch (RetakeException e) {
            if (e.code() != ErrorCode.DAMAGED) {
                throw e;
            }
            damaged.incrementAndGet();
            return List.of();
        }
    }

    private static void skipAll(RunContext context, RecordedSession session, List<Exchange> exchanges, String reason) {
        for (int i = 0; i < exchanges.size(); i++) {
            context.verdict().skipped(new Step(session.id(), i + 1, exchanges.get(i)), reason);
            context.progress().exchangeDone(false);
        }
    }

    private VerdictSettings verdictSettings() {
        return new VerdictSettings(
                settings.compare(),
                settings.comparable(),
                settings.ignore(),
                settings.minCompared(),
                settings.baseline(),
                settings.target().toString(),
                authorities(source.upstreams()),
                environment.surrogateClass(),
                environment.mask(),
                environment.digest());
    }

    private RunResult finish(RunContext context, String runId, Instant started, List<RecordedSession> sessions) {
        List<String> notes = new ArrayList<>(context.progress().warnings());
        if (damaged.get() > 0) {
            notes.add("Sessions left out because they are damaged: " + damaged.get()
                    + "; see what retake journal verify says of them.");
        }
        List<CredentialDoubt.Refused> unprovable = context.doubt().unprovable();
        if (!unprovable.isEmpty()) {
            skipRefused(context, unprovable, sessions);
            notes.add("The target refused the credentials of " + unprovable.size()
                    + " requests: they were replaced when the sessions were recorded. Set replay.credentials to log in with"
                    + " test accounts, or anonymize the target's data by the same keys; until then these requests are"
                    + " skipped.");
        }
        Stop stopped = stop.reason();
        return context.verdict()
                .finish(new Verdict.Ending(
                        new RunResult.Run(
                                runId,
                                started,
                                environment.clock().instant(),
                                source.name(),
                                settings.target().toString(),
                                settings.seed(),
                                settings.comparable(),
                                settings.compare()),
                        sessions.stream().map(RecordedSession::id).toList(),
                        context.bindings().list(),
                        context.schedule().lag(),
                        stopped == null ? null : stopped.sentence(),
                        notes));
    }

    private void skipRefused(
            RunContext context, List<CredentialDoubt.Refused> refused, List<RecordedSession> sessions) {
        Map<String, RecordedSession> byId = new HashMap<>();
        sessions.forEach(session -> byId.put(session.id(), session));
        Map<String, List<Integer>> steps = new HashMap<>();
        refused.forEach(step ->
                steps.computeIfAbsent(step.session(), id -> new ArrayList<>()).add(step.step()));
        steps.forEach((id, positions) -> {
            RecordedSession session = byId.get(id);
            if (session != null) {
                List<Exchange> exchanges = source.exchanges(session);
                for (int position : positions) {
                    context.verdict()
                            .skipped(new Step(id, position + 1, exchanges.get(position)), Playability.CREDENTIALS);
                }
            }
        });
    }

    private void hook(String option, @Nullable String command, String runId) throws InterruptedException {
        if (command != null) {
            HookCommand hook = new HookCommand(option, command);
            stop.whenStopped(hook::destroy);
            hook.run(runId, settings.target().toString(), listener);
        }
    }

    private static Set<String> authorities(Collection<String> upstreams) {
        return upstreams.stream()
                .map(upstream ->
                        upstream.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "").replaceFirst("/.*", ""))
                .filter(authority -> !authority.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
