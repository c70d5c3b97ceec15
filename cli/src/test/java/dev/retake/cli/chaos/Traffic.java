package dev.retake.cli.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask at a constant rate, each on one connection, and check every answer. Whatever is late, wrong or missing is
 * kept. A client takes up another session every few requests, so that sessions begin all the time.
 */
final class Traffic implements AutoCloseable {
    private static final int REQUESTS_A_SESSION = 25;
    private static final int MAX_SAMPLES = 1 << 20;

    private final URI address;
    private final String path;
    private final long periodNanos;
    private final ExecutorService threads;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final long[] samples = new long[MAX_SAMPLES];
    private final AtomicLong sampled = new AtomicLong();
    private volatile boolean running = true;

    /** Asks {@code address} for {@code rate} answers a second in all. */
    Traffic(URI address, int clients, int rate) {
        this(address, "/items", clients, rate);
    }

    Traffic(URI address, String path, int clients, int rate) {
        this.address = address;
        this.path = path;
        this.periodNanos = TimeUnit.SECONDS.toNanos(clients) / rate;
        this.threads = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            String name = path + i;
            threads.execute(() -> ask(name));
        }
    }

    /** How long answers took in some time, in ms. */
    record Latency(long answers, double p99, double max) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d answers, p99 %.1f ms, max %.1f ms", answers, p99, max);
        }
    }

    /** From now on. */
    long begin() {
        return sampled.get();
    }

    /** Since {@code begin}. */
    Latency since(long begin) {
        long end = Math.min(sampled.get(), MAX_SAMPLES);
        long[] nanos = Arrays.copyOfRange(samples, (int) begin, (int) end);
        Arrays.sort(nanos);
        int count = nanos.length;
        return count == 0
                ? new Latency(0, 0, 0)
                : new Latency(count, nanos[(int) (count * 0.99)] / 1e6, nanos[count - 1] / 1e6);
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return failures;
    }

    private void ask(String name) {
        try (Socket socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort());
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            long due = System.nanoTime();
            for (int i = 0; running; i++) {
                LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
                due = Math.max(due + periodNanos, System.nanoTime());
                askOnce(socket, in, name + "-" + i / REQUESTS_A_SESSION);
            }
        } catch (IOException e) {
            failures.add(name + ": " + e);
        }
    }

    private void askOnce(Socket socket, InputStream in, String session) throws IOException {
        String target = path + "?n=" + numbers.incrementAndGet();
        byte[] request = ("GET " + target + " HTTP/1.1\r\nHost: shop\r\nCookie: sid=session-" + session + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long sent = System.nanoTime();
        socket.getOutputStream().write(request);
        String head = Upstream.head(in);
        if (head == null || !head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("no answer but " + head);
        }
        String expected = Upstream.answer(target);
        byte[] body = in.readNBytes(expected.length());
        long took = System.nanoTime() - sent;
        if (!new String(body, StandardCharsets.US_ASCII).equals(expected)) {
            throw new IOException("another answer");
        }
        answered.incrementAndGet();
        synchronized (samples) {
            int index = (int) Math.min(sampled.getAndIncrement(), MAX_SAMPLES - 1);
            samples[index] = took;
        }
    }

    /** Stops asking; every answer that was asked for has come. */
    void stop() throws InterruptedException {
        running = false;
        threads.shutdown();
        if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
            failures.add("clients do not end");
        }
    }

    @Override
    public void close() {
        running = false;
        threads.shutdownNow();
    }
}
