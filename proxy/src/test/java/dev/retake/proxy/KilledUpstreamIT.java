package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two nginx behind one sidecar one is killed under load, comes back, and the other is killed: no GET goes unanswered. */
class KilledUpstreamIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int CLIENTS = 8;

    @TempDir
    private Path directory;

    private final AtomicLong answered = new AtomicLong();
    private final List<String> failures = new ArrayList<>();
    private final AtomicBoolean ending = new AtomicBoolean();

    @Test
    void noClientNotices() throws IOException, InterruptedException {
        int first = freePort();
        int second = freePort();
        Process one = nginx(first);
        Process two = nginx(second);
        try (Sidecar sidecar = new Sidecar(null, """
                proxy:
                  threads: 1
                  upstreams: {default: {urls: ["http://127.0.0.1:%d", "http://127.0.0.1:%d"]}}
                """.formatted(first, second))) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(() -> ask(sidecar.server.address()), "client");
                client.start();
                clients.add(client);
            }
            awaitMore(1_000);
            kill(one);
            awaitMore(1_000);
            one = nginx(first);
            await().atMost(30, TimeUnit.SECONDS).until(() -> healthy(sidecar) == 2);
            awaitMore(1_000);
            kill(two);
            awaitMore(1_000);
            ending.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(failures).isEmpty();
            assertThat(healthy(sidecar)).isEqualTo(1);
        } finally {
            ending.set(true);
            kill(one);
            kill(two);
        }
    }

    private void ask(InetSocketAddress address) {
        try (Wire client = Wire.connect(address)) {
            while (!ending.get()) {
                String head = client.send(GET).head();
                if (!head.startsWith("HTTP/1.1 200 ") || !client.read(2).equals("ok")) {
                    fail(head);
                    return;
                }
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            fail(e.toString());
        }
    }

    private void fail(String what) {
        synchronized (failures) {
            failures.add(what);
        }
    }

    private void awaitMore(long requests) {
        long until = answered.get() + requests;
        await().atMost(60, TimeUnit.SECONDS).until(() -> answered.get() >= until || !failures.isEmpty());
    }

    private static double healthy(Sidecar sidecar) {
        return sidecar.registry
                .get("retake.upstream.addresses")
                .tag("state", "healthy")
                .gauge()
                .value();
    }

    private Process nginx(int port) throws IOException {
        Path home = Files.createTempDirectory(directory, "nginx");
        Path configuration = Files.writeString(home.resolve("nginx.conf"), """
                daemon off; worker_processes 1; pid %1$s/pid; error_log %1$s/error.log;
                events { worker_connections 256; }
                http {
                  access_log off; keepalive_requests 1000000;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  server { listen 127.0.0.1:%2$d; location / { default_type text/plain; return 200 ok; } }
                }
                """.formatted(home, port));
        Process process;
        try {
            process = new ProcessBuilder("nginx", "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("out").toFile())
                    .start();
        } catch (IOException e) {
            if (Boolean.parseBoolean(System.getenv("RETAKE_PEERS_REQUIRED"))) {
                throw e;
            }
            return Assumptions.abort("nginx is not installed");
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return process;
    }

    private static void kill(Process nginx) {
        List<ProcessHandle> workers = nginx.descendants().toList();
        nginx.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        try {
            nginx.waitFor();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
