package dev.retake.cli.demo.shop;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a {@link ShopApi} over HTTP/1.1 on a free port of the loopback interface, a thread for each connection. It is a
 * server of its own because an instance must spell its headers as it likes, which the JDK's server does for it.
 */
public final class ShopServer implements AutoCloseable {
    private final ServerSocket listener;
    private final ShopApi api;
    private final HttpWire wire;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    private ShopServer(ServerSocket listener, ShopApi api, HttpWire wire, String name) {
        this.listener = listener;
        this.api = api;
        this.wire = wire;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts serving.
     *
     * @param clock the instance's, in UTC
     * @param name for its threads
     * @param idSeed what its request ids come from
     */
    public static ShopServer start(ShopApi api, Dialect dialect, Clock clock, String name, long idSeed)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        ShopServer server = new ShopServer(listener, api, new HttpWire(dialect, clock, new Ids(idSeed)), name);
        server.threads.execute(server::accept);
        return server;
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Stops at once; connections are closed. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdown();
    }

    private void accept() {
        while (true) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // the listener was closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 16_384);
            ShopRequest request = wire.read(in);
            while (request != null) {
                boolean last = "close".equalsIgnoreCase(request.header("connection"));
                wire.write(request, api.handle(request), last, out);
                request = last ? null : wire.read(in);
            }
        } catch (IOException | NumberFormatException e) {
            return; // the client is gone, or spoke something else: there is nobody to tell
        } finally {
            connections.remove(connection);
        }
    }
}
