package dev.retake.cli.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that answers each request with what {@link #answer} says of its target, so that a client can check it. */
final class Upstream implements AutoCloseable {
    /** Stands in every answer and must not stand in any file. */
    static final String MARK = "Zabrowski-Quillon";

    /** Stands in the targets of answers that are large and hard to compress. */
    static final String LARGE = "large";

    private static final String PADDING = "x".repeat(600);
    private static final int LARGE_BYTES = 48 * 1024;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Upstream() throws IOException {
        server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The body that answers a request for {@code target}. */
    static String answer(String target) {
        return "{\"target\":\"" + target + "\",\"lastName\":\"" + MARK
                + "\",\"email\":\"zoe@zabrowski.net\",\"padding\":\""
                + (target.contains(LARGE) ? noise(target) : PADDING) + "\"}";
    }

    private static String noise(String target) {
        byte[] noise = new byte[LARGE_BYTES];
        new Random(target.hashCode()).nextBytes(noise);
        return Base64.getEncoder().encodeToString(noise);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream())) {
            OutputStream out = client.getOutputStream();
            for (String head = head(in); head != null; head = head(in)) {
                String target = head.split(" ", 3)[1];
                byte[] body = answer(target).getBytes(StandardCharsets.US_ASCII);
                String start = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n";
                byte[] bytes = new byte[start.length() + body.length];
                System.arraycopy(start.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, start.length());
                System.arraycopy(body, 0, bytes, start.length(), body.length);
                out.write(bytes);
            }
        } catch (IOException e) {
            return; // the peer went
        }
    }

    /** Up to the empty line; null at the end. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
