package dev.retake.cli.demo.shopper;

import dev.retake.cli.demo.shop.Customer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets every customer visit the shop, all at the same time. */
public final class Shoppers {
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile",
            "ShopApp/4.2 (Android 15)");

    private Shoppers() {}

    /**
     * Runs a visit for each of {@code customers} and waits for all.
     *
     * @param shop base address
     * @return how many requests were answered
     * @throws IOException if a visit could not be made
     */
    public static int visit(URI shop, List<Customer> customers, long seed) throws IOException, InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(customers.size());
        try {
            List<Future<?>> visits = new ArrayList<>();
            for (int i = 0; i < customers.size(); i++) {
                Browser browser = new Browser(shop, AGENTS.get(i % AGENTS.size()), sent);
                Visit visit = new Visit(browser, customers.get(i), new Random(seed * 1_000_003 + i));
                visits.add(threads.submit(() -> {
                    visit.run();
                    return null;
                }));
            }
            for (Future<?> visit : visits) {
                visit.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a visit to the shop failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return sent.get();
    }
}
