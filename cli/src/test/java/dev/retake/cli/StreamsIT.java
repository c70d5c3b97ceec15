package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Java's own WebSocket client and a reader of events, through a running sidecar; what the command then shows of both. */
class StreamsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "zora@fastpost-inbox.net";

    @TempDir
    private Path directory;

    @Test
    void messagesAreRecordedShownAndSkippedInAReplay() throws Exception {
        Path config = Files.writeString(
                directory.resolve("retake.yml"), "proxy:\n  capture:\n    webSocket: true\n    lag: 1m\n");
        Path journal = directory.resolve("journal");
        try (EchoServer server = new EchoServer()) {
            try (RetakeProcess sidecar =
                    RetakeProcess.proxy(directory, server.address(), journal, "--config", config.toString())) {
                URI address = sidecar.ready();
                List<String> direct = talk(server.address());
                assertThat(talk(address)).isEqualTo(direct);
                assertThat(events(address)).isEqualTo(EchoServer.EVENTS);
                assertThat(sidecar.terminate()).isZero();
            }
            List<JsonNode> steps = steps(journal);
            JsonNode socket = stepOf(steps, "/ws");
            assertThat(socket.get("status").asInt()).isEqualTo(101);
            assertThat(socket.get("outcome").asString()).isEqualTo("upgraded");
            assertThat(socket.get("messagesCut").isNull()).isTrue();
            List<String> shown = new ArrayList<>();
            double last = 0;
            for (JsonNode message : socket.get("messages")) {
                shown.add(message.get("from").asString() + " "
                        + message.get("type").asString() + " "
                        + message.get("size").asInt() + " "
                        + message.get("withheld").asString(""));
                assertThat(message.get("atMs").asDouble()).isGreaterThanOrEqualTo(last);
                last = message.get("atMs").asDouble();
            }
            assertThat(shown)
                    .containsExactly(
                            "client text 40 ",
                            "server text 40 ",
                            "client binary 4 binary",
                            "server binary 4 binary",
                            "client ping 1 binary",
                            "server pong 1 binary",
                            "client text 100000 ",
                            "server text 100000 ",
                            "client close 4 ",
                            "server close 4 ");
            JsonNode first = socket.get("messages").get(0);
            assertThat(first.get("data").asString())
                    .startsWith("{\"from\":\"")
                    .contains("@")
                    .doesNotContain("zora");
            assertThat(socket.get("messages").get(1).get("data")).isEqualTo(first.get("data"));
            assertThat(socket.get("messages").get(8).get("code").asInt()).isEqualTo(4_001);
            assertThat(socket.get("messages").get(8).get("data").asString()).isEqualTo("done");
            assertThat(socket.get("messageBytes").get("client").asLong()).isGreaterThan(100_000);

            JsonNode messages = stepOf(steps, "/events").get("messages");
            assertThat(messages).hasSize(3);
            assertThat(messages.get(0).get("type").asString()).isEqualTo("event");
            assertThat(messages.get(0).get("data").asString()).isEqualTo("event: greeting\ndata: {\"n\":1}");
            assertThat(messages.get(0).get("size").asInt()).isEqualTo(31);
            assertThat(messages.get(1).get("type").asString()).isEqualTo("comment");
            assertThat(messages.get(2).get("data").asString())
                    .startsWith("data: ")
                    .doesNotContain("zora");
            assertThat(messages.get(2).get("atMs").asDouble())
                    .isGreaterThanOrEqualTo(messages.get(0).get("atMs").asDouble());

            assertThat(shownToAPerson(journal))
                    .contains("<< ", " ms event 31 bytes: event: greeting", ">> ", " ms close 4 bytes: 4001 done\n")
                    .contains(" ms binary 4 bytes: [withheld: binary]\n")
                    .doesNotContain("zora");
            skippedInAReplay(journal, server.address());
        }
    }

    private void skippedInAReplay(Path journal, URI target) throws IOException, InterruptedException {
        RetakeProcess.Result replay = RetakeProcess.run(
                directory,
                "replay",
                "--journal",
                journal.toString(),
                "--target",
                target.toString(),
                "--out",
                directory.resolve("report").toString(),
                "--json");
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        JsonNode report = JSON.readTree(replay.out());
        assertThat(report.get("verdict").asString()).isEqualTo("clean");
        assertThat(report.get("skippedBy").get("upgrade").asInt()).isEqualTo(1);
        JsonNode counts = report.get("counts");
        assertThat(counts.get("match").asInt() + counts.get("equivalent").asInt())
                .isEqualTo(1);
    }

    private List<JsonNode> steps(Path journal) throws IOException, InterruptedException {
        List<JsonNode> steps = new ArrayList<>();
        for (String line : run("sessions", "--journal", journal.toString(), "--json")
                .lines()
                .toList()) {
            JsonNode session = JSON.readTree(line);
            assertThat(session.get("complete").asBoolean()).isTrue();
            assertThat(session.get("truncated").asInt()).isZero();
            String id = session.get("id").asString();
            for (String step : run("sessions", "show", id, "--journal", journal.toString(), "--json")
                    .lines()
                    .toList()) {
                steps.add(JSON.readTree(step));
            }
        }
        JsonNode stats = JSON.readTree(run("journal", "stats", "--journal", journal.toString(), "--json"));
        assertThat(stats.get("forwarded").asInt()).isEqualTo(2);
        assertThat(stats.get("captured").asInt()).isEqualTo(2);
        assertThat(stats.get("withheld").asInt()).isEqualTo(1);
        return steps;
    }

    private String shownToAPerson(Path journal) throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (String line : run("sessions", "--journal", journal.toString(), "--json")
                .lines()
                .toList()) {
            all.append(
                    run("sessions", "show", JSON.readTree(line).get("id").asString(), "--journal", journal.toString()));
        }
        return all.toString();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        RetakeProcess.Result result = RetakeProcess.run(directory, arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private static JsonNode stepOf(List<JsonNode> steps, String path) {
        return steps.stream()
                .filter(step -> step.get("path").asString().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** Sends messages of every kind, each after the answer to the one before; gives what came back. */
    private static List<String> talk(URI server) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws"), new Listener(heard))
                .get(30, TimeUnit.SECONDS);
        List<String> answers = new ArrayList<>();
        socket.sendText("{\"from\":\"" + SECRET + "\",\"n\":1}", true).get(30, TimeUnit.SECONDS);
        answers.add(heard.poll(30, TimeUnit.SECONDS));
        socket.sendBinary(ByteBuffer.wrap(new byte[] {0, 1, 2, (byte) 0xff}), true)
                .get(30, TimeUnit.SECONDS);
        answers.add(heard.poll(30, TimeUnit.SECONDS));
        socket.sendPing(ByteBuffer.wrap(new byte[] {7})).get(30, TimeUnit.SECONDS);
        answers.add(heard.poll(30, TimeUnit.SECONDS));
        for (int i = 0; i < 10; i++) {
            socket.sendText("fragment. ".repeat(1_000), i == 9).get(30, TimeUnit.SECONDS);
        }
        answers.add(heard.poll(30, TimeUnit.SECONDS));
        socket.sendClose(4_001, "done").get(30, TimeUnit.SECONDS);
        answers.add(heard.poll(30, TimeUnit.SECONDS));
        assertThat(answers).doesNotContainNull();
        return answers;
    }

    private record Listener(BlockingQueue<String> heard, StringBuilder open) implements WebSocket.Listener {
        Listener(BlockingQueue<String> heard) {
            this(heard, new StringBuilder());
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            open.append(data);
            if (last) {
                heard.add(open.toString());
                open.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            heard.add("binary of " + data.remaining());
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
            heard.add("pong of " + data.remaining());
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.add("close " + code + " " + reason);
            return CompletableFuture.completedStage(null);
        }
    }

    private static String events(URI server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.resolve("/events")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** A WebSocket server made by hand: it gives back every message, and answers pings; and a stream of three events. */
    private static final class EchoServer implements AutoCloseable {
        static final String EVENTS = "event: greeting\ndata: {\"n\":1}\n\n:keep\n\ndata: mail to " + SECRET + "\n\n";
        private final ServerSocket listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());

        EchoServer() throws IOException {
            thread(this::accept);
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + listener.getLocalPort());
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    thread(() -> serve(socket));
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        private static void thread(Runnable work) {
            Thread thread = new Thread(work, "echo-server");
            thread.setDaemon(true);
            thread.start();
        }

        private static void serve(Socket socket) {
            try (socket) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                for (String head = head(in); !head.isEmpty(); head = head(in)) {
                    if (head.contains("GET /ws")) {
                        upgrade(head, in, out);
                        return;
                    }
                    out.write(
                            latin(
                                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"));
                    for (int i = 0; i < EVENTS.length(); i += 10) {
                        String part = EVENTS.substring(i, Math.min(EVENTS.length(), i + 10));
                        out.write(latin(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n"));
                        out.flush();
                    }
                    out.write(latin("0\r\n\r\n"));
                }
            } catch (IOException e) {
                return; // the peer is gone
            }
        }

        private static void upgrade(String head, InputStream in, OutputStream out) throws IOException {
            String key = head.replaceAll("(?is).*sec-websocket-key: *(\\S+).*", "$1");
            out.write(latin("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n"));
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            int kind = 0;
            while (true) {
                int first = in.read();
                int length = in.read() & 0x7f;
                length = length == 126 ? in.read() << 8 | in.read() : length;
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                if (mask.length < 4) {
                    return;
                }
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i & 3];
                }
                int opcode = first & 15;
                if (opcode >= 8) {
                    out.write(frame(opcode == 9 ? 0x8a : first, payload));
                    if (opcode == 8) {
                        return;
                    }
                    continue;
                }
                kind = opcode == 0 ? kind : opcode;
                message.writeBytes(payload);
                if (first > 0x7f) {
                    out.write(frame(0x80 | kind, message.toByteArray()));
                    message.reset();
                }
            }
        }

        private static byte[] frame(int first, byte[] payload) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            int length = payload.length;
            frame.write(first);
            if (length < 126) {
                frame.write(length);
            } else if (length < 65_536) {
                frame.writeBytes(new byte[] {126, (byte) (length >> 8), (byte) length});
            } else {
                frame.writeBytes(
                        new byte[] {127, 0, 0, 0, 0, 0, (byte) (length >> 16), (byte) (length >> 8), (byte) length});
            }
            frame.writeBytes(payload);
            return frame.toByteArray();
        }

        private static String accept(String key) {
            try {
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-1")
                                .digest(latin(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    return "";
                }
                head.append((char) b);
            }
            return head.toString();
        }

        private static byte[] latin(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
