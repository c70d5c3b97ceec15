package dev.retake.bench.system;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A proxy under test as a running process, pinned to one core with all its threads and children. */
final class Rival implements AutoCloseable {
    /** What can be compared. */
    enum Kind {
        DIRECT("direct"),
        NGINX("nginx"),
        HAPROXY("haproxy"),
        PLAIN("retake, no capture"),
        FULL("retake, everything on");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private static final int TICKS_PER_SECOND = 100;

    /** Clients that each of them serves at once. */
    private static final int CONNECTIONS = 10_500;

    private final Kind kind;
    private final int port;
    private final @Nullable Process process;
    private final Path home;

    private Rival(Kind kind, int port, @Nullable Process process, Path home) {
        this.kind = kind;
        this.port = port;
        this.process = process;
        this.home = home;
    }

    /** Starts {@code kind} before the backend at {@code backend}; empty where it is not installed. */
    static Optional<Rival> start(
            Kind kind, Wire wire, Certificate certificate, int backend, String core, Path workspace, Path launcher)
            throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(workspace, kind.name().toLowerCase(Locale.ROOT));
        int port = kind == Kind.DIRECT ? backend : freePort();
        List<String> command = new ArrayList<>(List.of("taskset", "-c", core));
        switch (kind) {
            case DIRECT -> {
                return Optional.of(new Rival(kind, backend, null, home));
            }
            case NGINX -> {
                Optional<String> binary = find("nginx");
                if (binary.isEmpty()) {
                    return Optional.empty();
                }
                Path config =
                        Files.writeString(home.resolve("nginx.conf"), nginx(port, backend, home, wire, certificate));
                command.addAll(
                        List.of(binary.get(), "-p", home.toString(), "-c", config.toString(), "-g", "daemon off;"));
            }
            case HAPROXY -> {
                Optional<String> binary = find("haproxy");
                if (binary.isEmpty()) {
                    return Optional.empty();
                }
                Path config = Files.writeString(home.resolve("haproxy.cfg"), haproxy(port, backend, wire, certificate));
                command.addAll(List.of(binary.get(), "-db", "-f", config.toString()));
            }
            case PLAIN, FULL -> {
                Path config = Files.writeString(
                        home.resolve("retake.yml"),
                        "proxy: {limits: {connections: %d}}\ncapture: {enabled: %s}\n"
                                .formatted(CONNECTIONS, kind == Kind.FULL));
                command.addAll(List.of(
                        launcher.toString(),
                        "proxy",
                        "--listen",
                        "127.0.0.1:" + port,
                        "--upstream",
                        "http://127.0.0.1:" + backend,
                        "--journal",
                        home.resolve("journal").toString(),
                        "--config",
                        config.toString()));
                if (wire.tls()) {
                    command.addAll(List.of(
                            "--tls-cert",
                            certificate.chain().toString(),
                            "--tls-key",
                            certificate.key().toString()));
                }
            }
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        Rival rival = new Rival(kind, port, process, home);
        rival.awaitPort();
        return Optional.of(rival);
    }

    Kind kind() {
        return kind;
    }

    int port() {
        return port;
    }

    Path journal() {
        return home.resolve("journal");
    }

    /** Seconds of processor time that it and its children have used, user and system. */
    double cpuSeconds() throws IOException {
        double ticks = 0;
        for (ProcessHandle handle : handles()) {
            String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Resident memory of it and its children, MiB. */
    double residentMebibytes() throws IOException {
        double pages = 0;
        for (ProcessHandle handle : handles()) {
            pages += Double.parseDouble(Files.readString(Path.of("/proc/" + handle.pid() + "/statm"))
                    .split(" ")[1]);
        }
        return pages * 4 / 1024;
    }

    private List<ProcessHandle> handles() {
        return process == null
                ? List.of()
                : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .filter(ProcessHandle::isAlive)
                        .toList();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            }
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException e) {
                if (process != null && !process.isAlive()) {
                    throw new IOException(kind.title() + " ended: " + Files.readString(home.resolve("log")), e);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException(kind.title() + " does not accept connections");
    }

    private static Optional<String> find(String program) {
        String path = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(path.split(":"))
                .map(directory -> directory + "/" + program)
                .filter(file -> new File(file).canExecute())
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String nginx(int port, int backend, Path home, Wire wire, Certificate certificate) {
        return """
                %4$sworker_processes 1;
                pid %3$s/pid;
                error_log %3$s/error.log;
                worker_rlimit_nofile %7$d;
                events { worker_connections %7$d; }
                http {
                  access_log off;
                  client_body_temp_path %3$s/body;
                  proxy_temp_path %3$s/proxy;
                  fastcgi_temp_path %3$s/fastcgi;
                  uwsgi_temp_path %3$s/uwsgi;
                  scgi_temp_path %3$s/scgi;
                  keepalive_requests 1000000000;
                  upstream backend { server 127.0.0.1:%2$d; keepalive 512; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%1$d%5$s backlog=4096;
                    ssl_certificate %6$s/chain.pem;
                    ssl_certificate_key %6$s/key.pem;
                    location / {
                      proxy_pass http://backend;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_set_header Host $http_host;
                      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                      proxy_buffers 16 16k;
                      proxy_buffer_size 16k;
                    }
                  }
                }
                """.formatted(
                        port,
                        backend,
                        home,
                        System.getProperty("user.name").equals("root") ? "user root;\n" : "",
                        (wire.tls() ? " ssl" : "") + (wire.http2() ? " http2" : ""),
                        certificate.chain().getParent(),
                        CONNECTIONS);
    }

    private static String haproxy(int port, int backend, Wire wire, Certificate certificate) {
        String tls = wire.tls() ? " ssl crt " + certificate.both() + " alpn " + (wire.http2() ? "h2" : "http/1.1") : "";
        return """
                global
                  nbthread 1
                  no strict-limits
                  maxconn %d
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  option forwardfor
                  http-reuse always
                frontend in
                  bind 127.0.0.1:%d%s backlog 4096
                  default_backend out
                backend out
                  server one 127.0.0.1:%d pool-max-conn -1
                """.formatted(CONNECTIONS, port, wire == Wire.HTTP2 ? " proto h2" : tls, backend);
    }
}
