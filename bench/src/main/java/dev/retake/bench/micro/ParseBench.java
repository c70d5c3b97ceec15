package dev.retake.bench.micro;

import dev.retake.proxy.http1.HeadLimits;
import dev.retake.proxy.http1.HeadParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The head of a browser's request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ParseBench {
    private final HeadParser parser = new HeadParser(new HeadLimits(8_192, 65_536, 100));
    private final ByteBuf head =
            Unpooled.directBuffer().writeBytes("""
                    GET /api/orders/100234?page=1 HTTP/1.1
                    Host: shop.test
                    Connection: keep-alive
                    User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0
                    Accept: application/json, text/plain, */*
                    Accept-Encoding: gzip, deflate, br
                    Accept-Language: en-GB,en;q=0.9,de;q=0.8
                    Cookie: theme=dark; sid=1f9ac2f18b7d4c0e
                    Referer: https://shop.test/orders

                    """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));

    @Benchmark
    public HeadParser.Result request() {
        return parser.request(head);
    }
}
