package dev.retake.replay.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server that does what it is told with each connection, good or bad. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Heads and bodies of requests as they came, one char for each byte. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** What a server does with a connection. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Peer peer) throws IOException, InterruptedException;
    }

    /** One connection. */
    public final class Peer {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /** Reads a request with its content; false at the end of the connection. */
        public boolean read() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                head.write(next);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            String lower = text.toLowerCase(Locale.ROOT);
            int at = lower.indexOf("content-length: ");
            if (at >= 0) {
                int length = Integer.parseInt(text.substring(at + 16, text.indexOf('\r', at)));
                text += new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
            } else if (lower.contains("transfer-encoding: chunked")) {
                StringBuilder chunks = new StringBuilder();
                while (!chunks.toString().endsWith("\r\n\r\n")) {
                    chunks.append((char) in.read());
                }
                text += chunks;
            }
            requests.add(text);
            return true;
        }

        public Peer write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        public Peer write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** Ends the connection with a reset. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Keeps the connection open and says nothing until the server closes. */
        public void stall() throws InterruptedException {
            closed.await();
        }
    }

    public RawServer(Behaviour behaviour) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> accept(behaviour), "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** Answers each request of each connection with {@code response}. */
    public static RawServer answering(String response) throws IOException {
        return new RawServer(peer -> {
            while (peer.read()) {
                peer.write(response);
            }
        });
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept(Behaviour behaviour) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread server = new Thread(() -> serve(behaviour, socket), "raw-connection");
                server.setDaemon(true);
                server.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Behaviour behaviour, Socket socket) {
        try (socket) {
            behaviour.serve(new Peer(socket));
        } catch (IOException e) {
            return; // the client went away, as it may
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
