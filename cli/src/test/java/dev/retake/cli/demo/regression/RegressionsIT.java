package dev.retake.cli.demo.regression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.cli.demo.shop.Dialect;
import dev.retake.cli.demo.shop.Reply;
import dev.retake.cli.demo.shop.Shop;
import dev.retake.cli.demo.shop.ShopData;
import dev.retake.cli.demo.shop.ShopRequest;
import dev.retake.cli.demo.shop.ShopServer;
import dev.retake.cli.demo.shopper.Shoppers;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionsIT {
    @Test
    void thereAreEnoughAndNoTwoAreTheSame() {
        assertThat(Regressions.all()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(Regressions.all()).extracting(Regression::name).doesNotHaveDuplicates();
    }

    @Test
    void drawsFiveThatDoNotOverlap() {
        Set<String> drawn = new HashSet<>();
        LongStream.rangeClosed(1, 500).forEach(seed -> {
            List<Regression> five = Regressions.draw(5, seed);
            assertThat(five).hasSize(5).isEqualTo(Regressions.draw(5, seed));
            assertThat(five).extracting(r -> r.planted().operation()).doesNotHaveDuplicates();
            assertThat(five)
                    .extracting(r -> r.planted().kind() + r.planted().location())
                    .doesNotHaveDuplicates();
            five.forEach(r -> drawn.add(r.name()));
        });
        assertThat(drawn).hasSize(Regressions.all().size());
    }

    /** A regression that no visit runs into could never be found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRegressionShowsInTheVisitsOfEverySeed(long seed) throws Exception {
        ShopData data = ShopData.generate(seed);
        Shop shop = new Shop(data, Clock.systemUTC(), seed);
        Queue<Visited> visited = new ConcurrentLinkedQueue<>();
        int sent;
        try (ShopServer server = ShopServer.start(
                request -> {
                    Reply reply = shop.handle(request);
                    visited.add(new Visited(shop.operation(request), request, reply));
                    return reply;
                },
                Dialect.PLAIN,
                Clock.systemUTC(),
                "shop",
                seed)) {
            sent = Shoppers.visit(server.address(), data.customers(), seed);
        }

        assertThat(visited).hasSize(sent).hasSizeGreaterThan(300);
        assertThat(visited).allSatisfy(v -> assertThat(v.operation()).isNotNull());
        assertThat(visited).allSatisfy(v -> assertThat(v.reply().status()).isLessThan(500));
        assertThat(Regressions.all())
                .allSatisfy(regression -> assertThat(visited)
                        .as(regression.name())
                        .filteredOn(v -> regression.planted().operation().equals(v.operation()))
                        .anySatisfy(v -> {
                            ShopRequest asked = regression.request().apply(v.request());
                            Reply given = asked.equals(v.request()) ? v.reply() : shop.handle(asked);
                            assertThat(regression.reply().apply(v.request(), given))
                                    .isNotEqualTo(v.reply());
                        }));
    }

    private record Visited(String operation, ShopRequest request, Reply reply) {}
}
