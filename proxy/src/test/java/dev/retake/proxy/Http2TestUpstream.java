package dev.retake.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of HTTP/2 by prior knowledge that plays what a test says, frame by frame, one thread a connection. */
final class Http2TestUpstream implements AutoCloseable {
    /** What a connection does, once the preface has come and the settings were sent. */
    interface Play {
        void play(Http2Wire wire, int connection) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<Http2Wire> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final byte[] settings;
    private final Play play;

    Http2TestUpstream(Play play) throws IOException {
        this(new byte[0], play);
    }

    /** @param settings payload of the SETTINGS that it begins with */
    Http2TestUpstream(byte[] settings, Play play) throws IOException {
        this.settings = settings;
        this.play = play;
        thread(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                thread(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (Http2Wire wire = new Http2Wire(socket)) {
            open.add(wire);
            new DataInputStream(socket.getInputStream()).readFully(new byte[Http2Wire.PREFACE.length()]);
            wire.frame(Http2Wire.SETTINGS, 0, 0, settings);
            play.play(wire, number);
        } catch (IOException e) {
            // The sidecar went away first.
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
        for (Http2Wire wire : open) {
            wire.close();
        }
    }
}
