package dev.retake.bench.micro;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Response;
import dev.retake.verdict.RunResult;
import dev.retake.verdict.Step;
import dev.retake.verdict.Verdict;
import dev.retake.verdict.VerdictSettings;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One compared answer and its verdict. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DiffBench {
    @Param({"1024", "16384"})
    public int size;

    private static final RunResult.Run RUN = new RunResult.Run(
            "bench",
            Instant.EPOCH,
            Instant.EPOCH,
            "journal",
            "http://127.0.0.1",
            1,
            RunResult.Comparability.ANONYMIZED,
            RunResult.Compare.VALUES);

    @Benchmark
    public RunResult compare() {
        Exchange recorded = Samples.exchange(size);
        Response observed = Objects.requireNonNull(Samples.exchange(size).response());
        Verdict verdict = Verdict.start(VerdictSettings.defaults("http://127.0.0.1"));
        verdict.compared(new Step(recorded.session(), 1, recorded), recorded.request(), observed, 1);
        return verdict.finish(
                new Verdict.Ending(RUN, List.of(), List.of(), new RunResult.ScheduleLag(0, 0, 0), null, List.of()));
    }
}
