package dev.retake.cli.leak;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The upstream: answers each request with the response of the case that its field {@code X-Case} names. */
public final class PlantingService implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile List<LeakCase> cases = List.of();

    public PlantingService() throws IOException {
        server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Sends {@code round} through the sidecar at {@code address} and reads all answers. */
    public void plant(List<LeakCase> round, URI address) throws IOException {
        cases = round;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            Wire wire = new Wire(socket);
            for (LeakCase planted : round) {
                if (planted.onWebSocket()) {
                    plantOnWebSocket(planted, address);
                    continue;
                }
                wire.send(planted.request());
                String head = wire.receive();
                if (!head.startsWith("HTTP/1.1 200")
                        && !head.startsWith("HTTP/1.1 302")
                        && !head.contains("500 Oops")) {
                    throw new IOException(
                            planted + " was answered by " + head.lines().findFirst());
                }
            }
        }
    }

    /** Each has a connection of its own; the sidecar records it when that has ended. */
    private static void plantOnWebSocket(LeakCase planted, URI address) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            Wire wire = new Wire(socket);
            wire.send(planted.request());
            String head = wire.receive();
            if (!head.startsWith("HTTP/1.1 101")) {
                throw new IOException(
                        planted + " was answered by " + head.lines().findFirst());
            }
            if (!planted.inResponse()) {
                wire.send(planted.frames());
            }
            socket.shutdownOutput();
            wire.drain();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Wire wire = new Wire(socket);
            while (true) {
                String head = wire.receive();
                int from = head.indexOf("case-", head.indexOf("X-Case: ")) + "case-".length();
                int number = Integer.parseInt(head.substring(from, head.indexOf('\n', from)));
                LeakCase planted = cases.get(number);
                wire.send(planted.response());
                if (planted.onWebSocket()) {
                    if (planted.inResponse()) {
                        wire.send(planted.frames());
                    }
                    wire.drain();
                    return;
                }
            }
        } catch (EOFException e) {
            return; // the sidecar closed an idle connection, or was killed
        } catch (IOException e) {
            if (!server.isClosed() && !socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
