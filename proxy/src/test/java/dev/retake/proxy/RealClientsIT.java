package dev.retake.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and servers that are not ours see the same with the sidecar between them as without. */
class RealClientsIT {
    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gzip",
                "-I /gzip",
                "--compressed /gzip",
                "-L /redirect",
                "/hints",
                "/none /gzip /echo",
                "--http1.0 /gzip",
                "--http1.0 /none",
                "--raw -d short /echo",
                "-T @large -H Expect: /echo",
                "-T @large -H Expect:100-continue /echo",
                "-T @large -H Expect:100-continue /early",
                "-T @large -H Transfer-Encoding:chunked /echo",
                "/large",
                "-r 0-99 /large"
            })
    void curlSeesTheSame(String arguments) throws Exception {
        URI backend = node();
        Path large = directory.resolve("large");
        Files.writeString(large, "0123456789".repeat(100_000));
        try (Sidecar sidecar = new Sidecar(backend)) {
            assertThat(curl(arguments, large, sidecar.url()))
                    .isEqualTo(curl(arguments, large, backend))
                    .isNotEmpty();
            assertThat(sidecar.sink.next().dropped()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void curlSeesTheSameOverTls(String provider) throws Exception {
        URI backend = node();
        Path large = directory.resolve("large");
        Files.writeString(large, "0123456789".repeat(100_000));
        try (Sidecar sidecar = new Sidecar(backend, tls(provider) + "}")) {
            for (String arguments : List.of(
                    "/none /gzip /hints",
                    "-I /gzip",
                    "--tlsv1.2 --tls-max 1.2 /large",
                    "--http1.0 /none",
                    "-T @large -H Expect:100-continue /echo",
                    "-T @large -H Transfer-Encoding:chunked /echo",
                    "-T @large -H Expect:100-continue /early")) {
                assertThat(curl("-k --http1.1 " + arguments, large, sidecar.url()))
                        .as(arguments)
                        .isEqualTo(curl(arguments, large, backend))
                        .isNotEmpty();
                assertThat(sidecar.sink.next().dropped()).isNull();
            }
        }
    }

    /**
     * Agreed on by TLS, and by prior knowledge. An answer that comes before the request has ended is left out: this curl
     * loses one in four, and of nginx's two in five, for the reset without an error that follows it (RFC 9113 §8.1).
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void curlSeesTheSameOverHttp2(boolean overTls) throws Exception {
        URI backend = node();
        Path large = directory.resolve("large");
        Files.writeString(large, "0123456789".repeat(100_000));
        try (Sidecar sidecar = overTls ? new Sidecar(backend, tls("boringssl") + "}") : new Sidecar(backend)) {
            for (String arguments : List.of(
                    "/none", // one by one: curl 7.88 breaks a connection of prior knowledge that it uses again
                    "/gzip",
                    "/hints",
                    "-I /gzip",
                    "/large",
                    "-T @large /echo")) {
                String spoken = overTls ? "-k --http2 " : "--http2-prior-knowledge ";
                assertThat(inEitherVersion(curl(spoken + arguments, large, sidecar.url())))
                        .as(arguments)
                        .startsWith("HTTP ")
                        .isEqualTo(inEitherVersion(curl(arguments, large, backend)));
                assertThat(sidecar.sink.next().dropped()).isNull();
            }
        }
    }

    /** What HTTP/2 has no place for is left out: reasons, fields of one connection, capitals in names; and 100, which clients of it await less. */
    private static String inEitherVersion(String answers) {
        String same = answers.replaceAll("HTTP/[0-9.]+ ([0-9]{3})[^\r\n]*\r\n", "HTTP $1\r\n")
                .replaceAll("(?mi)^transfer-encoding: [^\r\n]*\r\n", "")
                .replace("HTTP 100\r\n\r\n", "");
        return Pattern.compile("[A-Za-z-]{1,30}: ")
                .matcher(same)
                .replaceAll(name -> name.group().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({"boringssl, true", "boringssl, false", "jdk, true", "jdk, false"})
    void opensslKnowsABodyThatWasCut(String provider, boolean cut) throws Exception {
        try (TestUpstream upstream = new TestUpstream((wire, n) -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1_000));
                    if (cut) {
                        wire.ended();
                    }
                });
                Sidecar sidecar = new Sidecar(upstream.url(), tls(provider) + ", timeouts: {stream: 300ms}}")) {
            Process openssl = openssl(sidecar);
            try (InputStream out = openssl.getInputStream()) {
                send(openssl, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                String text = new String(out.readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(text).contains("x".repeat(1_000));
                assertThat(text.contains("unexpected eof")).isEqualTo(cut);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void opensslMayNotRenegotiate(String provider) throws Exception {
        try (TestUpstream upstream = TestUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Sidecar sidecar = new Sidecar(upstream.url(), tls(provider) + "}")) {
            Process openssl = openssl(sidecar, "-tls1_2");
            try (InputStream out = openssl.getInputStream()) {
                assertThat(readUntil(out, "Extended master secret")).contains("Extended master secret");
                send(openssl, "R\n");
                assertThat(readUntil(out, "RENEGOTIATING")).contains("RENEGOTIATING");
                send(openssl, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(readUntil(out, "200 OK")).doesNotContain("200 OK");
            }
        }
    }

    private Process openssl(Sidecar sidecar, String... options) throws IOException {
        require("openssl");
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
        command.add("127.0.0.1:" + sidecar.url().getPort());
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    @SuppressWarnings("resource") // it is the process's own, and closed with it
    private static void send(Process process, String text) throws IOException {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            assertThat(process.onExit().join().isAlive())
                    .as("why it does not listen")
                    .isFalse();
        }
    }

    /** What comes up to {@code end}, or to the end of all. */
    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = in.read(); b >= 0 && text.indexOf(end) < 0; b = in.read()) {
            text.append((char) b);
        }
        return text.toString();
    }

    private String tls(String provider) throws Exception {
        Pki pki = new Pki(directory);
        return "proxy: {tls: {provider: " + provider + ", certificates: [" + pki.write("server", pki.issue("localhost"))
                + "]}";
    }

    private String curl(String line, Path large, URI to) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-i", "-m", "20"));
        for (String argument : line.split(" ")) {
            command.add(argument.startsWith("/") ? to + argument : argument.replace("@large", large.toString()));
        }
        // What names the port differs by nature; Date, Connection and Keep-Alive are the list of what may differ.
        return run(command)
                .replace(":" + to.getPort() + "/", ":PORT/")
                .replaceAll("(?mi)^(date|connection|keep-alive): [^\r\n]*\r\n", "");
    }

    @Test
    void nodeSeesTheSame() throws Exception {
        URI backend = node();
        try (Sidecar sidecar = new Sidecar(backend)) {
            String client = resource("client.js");
            String direct = run(List.of("node", client, "" + backend.getPort()));
            assertThat(run(List.of("node", client, "" + sidecar.url().getPort())))
                    .isEqualTo(direct)
                    .contains("101 hello there");
        }
    }

    @Test
    void pythonSeesTheSame() throws Exception {
        Files.writeString(directory.resolve("file.txt"), "content\n".repeat(10_000));
        URI backend = python();
        String script = """
                import http.client, sys
                c = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=10)
                for path in ('/file.txt', '/none', '/file.txt'):
                    c.request('GET', path); r = c.getresponse(); b = r.read()
                    print(r.version, r.status, r.reason, len(b), [h for h in r.getheaders() if h[0] != 'Date'])
                """;
        try (Sidecar sidecar = new Sidecar(backend)) {
            String direct = run(List.of("python3", "-c", script, "" + backend.getPort()));
            assertThat(run(List.of("python3", "-c", script, "" + sidecar.url().getPort())))
                    .isEqualTo(direct)
                    .contains("200 OK 80000");
        }
    }

    @Test
    void gitClonesAndPushes() throws Exception {
        require("git");
        Path repository = directory.resolve("r.git");
        run(List.of("git", "init", "-q", "--bare", "-b", "main", repository.toString()));
        run(List.of("git", "-C", repository.toString(), "config", "http.receivepack", "true"));
        try (Sidecar sidecar = new Sidecar(python())) {
            String url = sidecar.url() + "/git/r.git";
            Path work = directory.resolve("work");
            run(List.of("git", "clone", "-q", url, work.toString()));
            Files.writeString(work.resolve("big"), "line of text\n".repeat(200_000));
            String[] identity = {"-c", "user.name=t", "-c", "user.email=t@example.org"};
            run(git(work, "add", "."));
            run(git(work, identity[0], identity[1], identity[2], identity[3], "commit", "-qm", "c"));
            run(git(work, "push", "-q", "origin", "HEAD:main"));
            Path again = directory.resolve("again");
            run(List.of("git", "clone", "-q", "-b", "main", url, again.toString()));
            assertThat(again.resolve("big")).hasSameBinaryContentAs(work.resolve("big"));
        }
    }

    private static List<String> git(Path work, String... arguments) {
        return Stream.concat(Stream.of("git", "-C", work.toString()), Stream.of(arguments))
                .toList();
    }

    private URI node() throws Exception {
        require("node");
        require("curl");
        return backend(List.of("node", resource("backend.js")));
    }

    private URI python() throws Exception {
        require("python3");
        return backend(List.of("python3", resource("backend.py"), directory.toString()));
    }

    private URI backend(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            return URI.create("http://127.0.0.1:" + out.readLine());
        }
    }

    private String run(List<String> command) throws Exception {
        File out = Files.createTempFile(directory, "out", "").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        processes.add(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        try (InputStream in = Files.newInputStream(out.toPath())) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!command.get(0).equals("curl")) {
                assertThat(process.exitValue()).as(text).isZero();
            }
            return text;
        }
    }

    private static void require(String tool) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
        assumeTrue(there, tool + " is not installed");
    }

    private static String resource(String name) throws URISyntaxException {
        return Path.of(RealClientsIT.class.getResource(name).toURI()).toString();
    }
}
