package dev.retake.proxy.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.pipeline.CaptureBudget;
import dev.retake.pipeline.RawExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTeeTest {
    private final CaptureBudget budget = new CaptureBudget(200_000);
    private final RawExchange exchange = new RawExchange(budget, 1, "192.0.2.1", 0);
    private BodyTee tee = new BodyTee(new CaptureMemory());

    private void begin(long length) {
        tee.begin(exchange, exchange.responseBody(), length, new CapturePolicy(true, true, 50_000));
    }

    private void pass(String text) {
        ByteBuf buffer = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        tee.content(buffer, 0, buffer.readableBytes());
        assertThat(buffer.readableBytes()).isEqualTo(text.length());
        buffer.release();
    }

    private String kept() {
        return new String(exchange.responseBody().toBytes(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 5_000})
    void smallPiecesAreKeptTogether(long length) {
        begin(length);
        for (int i = 0; i < 5_000; i++) {
            pass(Integer.toString(i % 10));
        }
        assertThat(tee.end()).isNull();
        assertThat(kept()).isEqualTo("0123456789".repeat(500));
        assertThat(budget.used()).isBetween(5_000L, 12_000L);
        exchange.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aLargePieceIsKeptByReferenceAndChargedWhole() {
        begin(-1);
        ByteBuf buffer = Unpooled.buffer(16_384).writeZero(10_000);
        tee.content(buffer, 0, 10_000);
        assertThat(buffer.refCnt()).isEqualTo(2);
        assertThat(budget.used()).isEqualTo(16_384);
        tee.end();
        exchange.release();
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    @Test
    void aLargePieceOfAMuchLargerBufferIsCopied() {
        begin(-1);
        ByteBuf buffer = Unpooled.buffer(65_536).writeZero(10_000);
        tee.content(buffer, 0, 10_000);
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
        tee.end();
        assertThat(exchange.responseBody().kept()).isEqualTo(10_000);
        assertThat(budget.used()).isEqualTo(10_000);
        exchange.release();
    }

    @Test
    void beyondTheCapOnlyCounts() {
        begin(-1);
        pass("a".repeat(49_999));
        pass("bcd");
        pass("e".repeat(1_000));
        tee.end();
        assertThat(kept()).isEqualTo("a".repeat(49_999) + "b");
        assertThat(exchange.responseBody().truncated()).isTrue();
        assertThat(exchange.responseBody().wireSize()).isEqualTo(51_002);
        exchange.release();
    }

    @Test
    void exactlyTheCapIsWhole() {
        begin(50_000);
        pass("a".repeat(50_000));
        tee.end();
        assertThat(exchange.responseBody().truncated()).isFalse();
        assertThat(exchange.responseBody().kept()).isEqualTo(50_000);
        exchange.release();
    }

    @Test
    void beyondTheBudgetItSaysSoAndTakesNoMore() {
        budget.tryCharge(199_000);
        begin(-1);
        pass("a".repeat(2_000));
        pass("b");
        assertThat(tee.overBudget()).isTrue();
        tee.clear();
        assertThat(exchange.responseBody().kept()).isZero();
        assertThat(budget.used()).isEqualTo(199_000);
    }

    @Test
    void whatIsCopiedOfALargeBodyLiesOutsideOfTheHeap() {
        PooledByteBufAllocator pool = new PooledByteBufAllocator(true);
        tee = new BodyTee(new CaptureMemory(pool));
        begin(40_000);
        for (int i = 0; i < 40; i++) {
            pass("0123456789".repeat(100));
        }
        tee.end();
        assertThat(pool.pinnedDirectMemory()).isGreaterThanOrEqualTo(40_000);
        assertThat(kept()).isEqualTo("0123456789".repeat(4_000));
        exchange.release();
        assertThat(pool.pinnedDirectMemory()).isZero();
    }

    @Test
    void memoryThatTheRuntimeLacksIsAsABudgetUsedUp() {
        tee = new BodyTee(new CaptureMemory(new PooledByteBufAllocator(true) {
            @Override
            protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
                throw new OutOfMemoryError("direct memory");
            }
        }));
        begin(40_000);
        pass("a");
        assertThat(tee.overBudget()).isTrue();
        tee.clear();
        exchange.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void trailersAreKeptAsTheyCame() {
        begin(-1);
        for (byte b : "A: b\r\n".getBytes(StandardCharsets.ISO_8859_1)) {
            tee.trailer(b);
        }
        assertThat(tee.end()).asString(StandardCharsets.ISO_8859_1).isEqualTo("A: b\r\n");
        begin(-1);
        assertThat(tee.end()).isNull();
        exchange.release();
        assertThat(budget.used()).isZero();
    }
}
