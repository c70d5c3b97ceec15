package dev.retake.bench.micro;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.Aead;
import dev.retake.common.keys.RootKey;
import dev.retake.journal.record.RecordKey;
import dev.retake.journal.record.RecordSealer;
import dev.retake.journal.record.SessionTag;
import dev.retake.journal.record.TenantTag;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.SanitizedExchange;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.pseudonym.PseudonymSettings;
import dev.retake.privacy.pseudonym.Pseudonyms;
import dev.retake.privacy.pseudonym.Replacement;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The recorder's way: sanitize; encode, compress and seal; seal alone; a surrogate of a value never seen before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecordBench {
    @Param({"1024", "16384"})
    public int size;

    private final RootKey root = new RootKey(new byte[Aead.KEY_BYTES]);
    private final Aead aead = new Aead(new byte[Aead.KEY_BYTES]);
    private final RecordKey key = new RecordKey(1, 1, aead, TenantTag.of("default"));
    private final SessionTag tag = SessionTag.of(Samples.SESSION);
    private final byte[] place = new byte[32];
    private final Sanitizer sanitizer = Sanitizer.create(root, PrivacySettings.DEFAULTS);
    private final Replacement replacement =
            Pseudonyms.create(root, PseudonymSettings.DEFAULTS).in(Samples.SESSION, Instant.EPOCH);
    private final RecordSealer sealer = RecordSealer.plain();
    private Exchange raw = Samples.exchange(1_024);
    private Exchange[] exchanges = {};
    private byte[] body = {};
    private long counter;

    @Setup
    public void sample() {
        exchanges = new Exchange[size > 4_096 ? 4_000 : 20_000];
        Arrays.setAll(exchanges, user -> Samples.exchange(size, user));
        raw = exchanges[0];
        body = Samples.json(size);
    }

    @TearDown
    public void close() {
        sealer.close();
    }

    /** Sixty-four users at a time, ten exchanges each. */
    @Benchmark
    public SanitizedExchange sanitize() {
        long turn = counter++;
        return sanitizer.sanitize(exchanges[(int) ((turn / 640 * 64 + turn % 64) % exchanges.length)]);
    }

    /** A user who was not seen lately each time. */
    @Benchmark
    public SanitizedExchange sanitizeStranger() {
        return sanitizer.sanitize(exchanges[(int) (counter++ % exchanges.length)]);
    }

    @Benchmark
    public byte[] encodeCompressAndSeal() {
        return sealer.seal(raw, tag, key);
    }

    @Benchmark
    public byte[] seal() {
        return aead.seal(body, place);
    }

    @Benchmark
    public String surrogateOfNewEmail() {
        return replacement.replace(DataClass.EMAIL, "user" + counter++ + "@mail-host.net");
    }
}
