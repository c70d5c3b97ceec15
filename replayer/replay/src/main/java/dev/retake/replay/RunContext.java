package dev.retake.replay;

import dev.retake.replay.correlate.BindingLedger;
import dev.retake.replay.credential.CredentialBook;
import dev.retake.replay.credential.CredentialDoubt;
import dev.retake.replay.guard.AutomaticStop;
import dev.retake.replay.guard.SafeMethods;
import dev.retake.replay.rewrite.RequestRewriter;
import dev.retake.replay.schedule.Ramp;
import dev.retake.replay.schedule.Schedule;
import dev.retake.replay.schedule.StopSignal;
import dev.retake.replay.target.TargetClient;
import dev.retake.verdict.Verdict;

/** What the sessions of one run share; every part is safe for several threads. */
record RunContext(
        ReplaySettings settings,
        ReplayEnvironment environment,
        TargetClient client,
        RequestRewriter rewriter,
        SafeMethods safe,
        AutomaticStop automaticStop,
        StopSignal stop,
        Ramp ramp,
        Schedule schedule,
        CredentialBook credentials,
        CredentialDoubt doubt,
        BindingLedger bindings,
        Verdict verdict,
        RunProgress progress) {}
