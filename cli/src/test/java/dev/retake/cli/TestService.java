package dev.retake.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A service that answers each request with 200 and what it is made to say of its target, and counts what it was asked. */
final class TestService implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final UnaryOperator<String> answer;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private TestService(int port, UnaryOperator<String> answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static TestService answering(String body) throws IOException {
        return answering(target -> body);
    }

    static TestService answering(UnaryOperator<String> answer) throws IOException {
        return new TestService(0, answer);
    }

    /** One on a port of its own, so that it can come back there. */
    static TestService on(int port, String body) throws IOException {
        return new TestService(port, target -> body);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often it was asked for {@code target}. */
    int asked(String target) {
        return asked.getOrDefault(target, 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString();
            asked.merge(target, 1, Integer::sum);
            exchange.getRequestBody().readAllBytes();
            byte[] body = answer.apply(target).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", body.length > 0 && body[0] == '{' ? "application/json" : "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Takes its port and every connection away. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
