package dev.retake.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks at a steady rate, on one connection after the other, and says how long its answers took. */
final class HonestClient implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final byte[] REQUEST = "GET /items/7 HTTP/1.1\r\nHost: shop\r\nCookie: sid=honest-client\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final Socket[] sockets = new Socket[CONNECTIONS];

    HonestClient(InetSocketAddress target) throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            sockets[i] = new Socket(target.getAddress(), target.getPort());
            sockets[i].setTcpNoDelay(true);
            sockets[i].setSoTimeout(10_000);
        }
    }

    /**
     * Asks for {@code seconds}.
     *
     * @return the time under which 99 of 100 answers came, in ms, counted from when each was due
     * @throws IOException where an answer does not come, or is another than it must be
     */
    double p99(int seconds) throws IOException {
        int count = (int) (TimeUnit.SECONDS.toNanos(seconds) / EVERY_NANOS);
        long[] took = new long[count];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * EVERY_NANOS;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            ask(sockets[i % CONNECTIONS]);
            took[i] = System.nanoTime() - due;
        }
        Arrays.sort(took);
        return took[count - 1 - count / 100] / 1e6;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[4_096];
        int length = 0;
        while (length < 4 || buffer[length - 1] != '}') {
            int read = in.read(buffer, length, buffer.length - length);
            if (read < 0) {
                throw new IOException("an honest client's connection was closed");
            }
            length += read;
        }
        String answer = new String(buffer, 0, length, StandardCharsets.US_ASCII);
        if (!answer.startsWith("HTTP/1.1 200 OK")) {
            throw new IOException(
                    "an honest client was told: " + answer.lines().findFirst().orElse(""));
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
