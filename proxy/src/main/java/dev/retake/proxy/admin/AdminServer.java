package dev.retake.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Serves operators on an address of their own, from a thread of its own, so that no scrape ever waits on traffic nor
 * traffic on a scrape: {@code /healthz} says that the process lives, {@code /readyz} whether it serves, {@code /metrics}
 * what it counts.
 */
public final class AdminServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts serving.
     *
     * @param listen where; port 0 takes a free one
     * @param ready whether the sidecar accepts traffic
     * @param notices sentences for who looks after the sidecar, which {@code /readyz} adds; they never make it unready, for
     *     traffic passes all the same
     * @throws RetakeException {@link ErrorCode#PORT} where the address cannot be listened on
     */
    public static AdminServer start(
            InetSocketAddress listen,
            PrometheusMeterRegistry registry,
            BooleanSupplier ready,
            Supplier<List<String>> notices) {
        HttpServer server;
        try {
            server = HttpServer.create(listen, 0);
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.PORT,
                    "Cannot listen on " + listen.getHostString() + ":" + listen.getPort()
                            + ", since it is in use or not this machine's; choose another address with --admin.",
                    e);
        }
        ExecutorService threads = Executors.newFixedThreadPool(2, new DefaultThreadFactory("retake-admin", true));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/healthz" -> answer(exchange, 200, TEXT, "alive\n");
                case "/readyz" -> {
                    boolean serves = ready.getAsBoolean();
                    StringBuilder text = new StringBuilder(serves ? "ready\n" : "not ready\n");
                    notices.get().forEach(notice -> text.append(notice).append('\n'));
                    answer(exchange, serves ? 200 : 503, TEXT, text.toString());
                }
                case "/metrics" -> answer(exchange, 200, PROMETHEUS, registry.scrape());
                default -> answer(exchange, 404, TEXT, "There are /healthz, /readyz and /metrics.\n");
            }
        });
        server.start();
        return new AdminServer(server, threads);
    }

    /** Where it listens, with the port that was taken. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            if (method.equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
