package dev.retake.bench.micro;

import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.detect.HitList;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Finding values: in JSON as one text, with and without any, and in a hundred short strings without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
public class DetectBench {
    private static final String[] CLEAN = {
        "Cotton shirt",
        "TX-0042",
        "in_stock",
        "application/json",
        "2026-03-14T09:26:53Z",
        "7d444840-9dc0-11d1-b245-5ffdce74fad2",
        "/api/orders/100234",
        "A light shirt for warm days, washed soft",
        "EUR",
        "1.24.0-rc.2",
    };

    private final byte[] small = Samples.json(1 << 10);
    private final byte[] large = Samples.json(1 << 14);
    private final byte[] clean = cleanText(1 << 10);
    private final byte[] prose = proseText();
    private final byte[][] values = new byte[100][];
    private final HitList hits = new HitList();

    /** Fills the short strings. */
    public DetectBench() {
        for (int i = 0; i < values.length; i++) {
            values[i] = CLEAN[i % CLEAN.length].getBytes(StandardCharsets.UTF_8);
        }
    }

    /** 1 KB of JSON with four values. */
    @Benchmark
    public int small() {
        return scan(small);
    }

    /** 16 KB of JSON with four values. */
    @Benchmark
    public int large() {
        return scan(large);
    }

    /** 1 KB of JSON with none. */
    @Benchmark
    public int clean() {
        return scan(clean);
    }

    /** 1 KB of English with none. */
    @Benchmark
    public int prose() {
        return scan(prose);
    }

    /** A hundred calls on strings of 3 to 40 bytes. */
    @Benchmark
    public int values() {
        int found = 0;
        for (byte[] value : values) {
            found += scan(value);
        }
        return found;
    }

    private int scan(byte[] text) {
        hits.clear();
        Detectors.scan(text, 0, text.length, hits);
        return hits.size();
    }

    private static byte[] cleanText(int size) {
        String lines = new String(Samples.json(2 * size), StandardCharsets.UTF_8);
        return lines.substring(lines.indexOf("\"lines\""), lines.indexOf("\"lines\"") + size)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] proseText() {
        String sentence = "The order left our warehouse on Monday and should reach you within three days. "
                + "If the parcel does not arrive, write to us, and we will send another one at no cost. ";
        return sentence.repeat(7).substring(0, 1 << 10).getBytes(StandardCharsets.UTF_8);
    }
}
