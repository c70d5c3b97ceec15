package dev.retake.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server that plays what a test says, one thread a connection. */
public final class TestUpstream implements AutoCloseable {
    /** What a connection does. */
    public interface Play {
        void play(Wire wire, int connection) throws IOException;
    }

    private final ServerSocket server;
    private final Play play;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Wire> open = new CopyOnWriteArrayList<>();
    public final List<Throwable> failures = new CopyOnWriteArrayList<>();

    public TestUpstream(Play play) throws IOException {
        this(new ServerSocket(0, 4096, InetAddress.getLoopbackAddress()), play);
    }

    public TestUpstream(ServerSocket server, Play play) {
        this.server = server;
        this.play = play;
        thread(this::accept);
    }

    /** Answers every request of a connection by the same bytes, after reading the head alone. */
    public static TestUpstream answering(String response) throws IOException {
        return new TestUpstream((wire, n) -> {
            while (!wire.head().isEmpty()) {
                wire.send(response);
            }
        });
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections that were accepted so far. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                Wire wire = new Wire(socket);
                open.add(wire);
                thread(() -> serve(wire, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Wire wire, int number) {
        try (wire) {
            play.play(wire, number);
        } catch (IOException | AssertionError e) {
            failures.add(e);
        } finally {
            open.remove(wire);
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "test-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Wire wire : open) {
            wire.close();
        }
    }
}
