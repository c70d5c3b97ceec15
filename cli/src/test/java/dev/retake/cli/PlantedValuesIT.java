package dev.retake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.keys.KeySetFile;
import dev.retake.journal.JournalReader;
import dev.retake.journal.Session;
import dev.retake.journal.query.SessionQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marked values go through a running sidecar and a replay, and are looked for in every byte that these leave behind. */
class PlantedValuesIT {
    private static final String JWT = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
            + base64("{\"sub\":\"zoe@quarx-mail.net\",\"name\":\"Zoelinde Quarxmann\"}")
            + ".c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
    private static final Map<String, String> PLANTED = Map.ofEntries(
            Map.entry("email", "zoe@quarx-mail.net"),
            Map.entry("phone", "+4917643218765"),
            Map.entry("card", "4539148803436467"),
            Map.entry("iban", "DE89370400440532013000"),
            Map.entry("ip", "81.169.145.77"),
            Map.entry("password", "Tr0ub4dor-zq"),
            Map.entry("apiKey", "sk_live_4eC39HqLyjWDarjtT1zdp7dc"),
            Map.entry("jwt", JWT),
            Map.entry("firstName", "Zoelinde"),
            Map.entry("lastName", "Quarxmann"),
            Map.entry("street", "Ginsterpfad 117"));
    private static final String EDGES =
            "{\"email\":null,\"phone\":\"\",\"card\":\"4539148803436468x\",\"iban\":\"DE00\",\"price\":1e400}";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> values = new ArrayList<>(PLANTED.values());
    private HttpServer service;
    private boolean changed;

    @BeforeEach
    void startEcho() throws IOException {
        values.add(JWT.split("\\.")[1]);
        values.add(JWT.split("\\.")[2]);
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        service.createContext("/", exchange -> {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            boolean profile = exchange.getRequestURI().getPath().equals("/profile");
            byte[] body = profile ? json().getBytes(StandardCharsets.UTF_8) : sent;
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            exchange.getResponseHeaders().add("Content-Type", profile || type == null ? "application/json" : type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopEcho() {
        service.stop(0);
    }

    @Test
    void nothingRealIsLeftBehind() throws IOException, InterruptedException {
        Path journal = directory.resolve("journal");
        URI upstream = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        try (RetakeProcess sidecar = RetakeProcess.proxy(directory, upstream, journal, "--verbose")) {
            URI address = sidecar.ready();
            plantEverywhere(address);
            post(address, "/edges", "application/json", EDGES);
            assertThat(sidecar.terminate()).isZero();
        }
        changed = true;
        RetakeProcess.Result replay = RetakeProcess.run(
                directory,
                "replay",
                "--journal",
                journal.toString(),
                "--target",
                upstream.toString(),
                "--out",
                directory.resolve("report").toString(),
                "--allow-unsafe",
                "--verbose");
        assertThat(replay.exitCode()).as(replay.err()).isEqualTo(1);

        List<String> recorded = recorded(journal);
        assertThat(recorded).hasSizeGreaterThan(10);
        for (String exchange : recorded) {
            assertClean("a recorded exchange", exchange);
        }
        assertThat(recorded)
                .anySatisfy(exchange -> assertThat(exchange)
                        .contains("{\\\"email\\\":null,\\\"phone\\\":\\\"\\\",", "\\\"price\\\":1e400}"));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void plantEverywhere(URI address) throws IOException, InterruptedException {
        post(address, "/json", "application/json", json());
        post(address, "/nested", "application/json", "{\"payload\":\"" + json().replace("\"", "\\\"") + "\"}");
        post(
                address,
                "/base64",
                "application/json",
                "{\"data\":\"" + Base64.getEncoder().encodeToString(json().getBytes(StandardCharsets.UTF_8)) + "\"}");
        post(address, "/numbers", "application/json", "{\"card\": 4539148803436467, \"phone\": 4917643218765}");
        StringBuilder form = new StringBuilder();
        StringBuilder xml = new StringBuilder("<user email=\"" + PLANTED.get("email") + "\">");
        StringBuilder parts = new StringBuilder();
        PLANTED.forEach((name, value) -> {
            form.append(form.isEmpty() ? "" : "&").append(name).append('=').append(percent(value));
            xml.append('<')
                    .append(name)
                    .append("><![CDATA[")
                    .append(value)
                    .append("]]></")
                    .append(name)
                    .append('>');
            parts.append("--b\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append("\"\r\n\r\n");
            parts.append(value).append("\r\n");
        });
        post(address, "/form", "application/x-www-form-urlencoded", form.toString());
        post(address, "/xml", "application/xml", xml + "</user>");
        post(address, "/multipart", "multipart/form-data; boundary=b", parts + "--b--\r\n");
        post(
                address,
                "/text",
                "text/plain",
                "Write to " + PLANTED.get("email") + " or call " + PLANTED.get("phone") + ", card "
                        + PLANTED.get("card")
                        + ", " + PLANTED.get("iban") + ", from " + PLANTED.get("ip") + " by " + PLANTED.get("apiKey")
                        + " and " + JWT + ".");
        send(HttpRequest.newBuilder(address.resolve("/query?" + form)));
        send(HttpRequest.newBuilder(address.resolve(
                "/users/" + percent(PLANTED.get("email")) + "/" + PLANTED.get("card") + "/" + PLANTED.get("iban"))));
        send(HttpRequest.newBuilder(address.resolve("/profile"))
                .header("Authorization", "Bearer " + JWT)
                .header("X-Api-Key", PLANTED.get("apiKey"))
                .header("X-Forwarded-For", PLANTED.get("ip"))
                .header("X-User-Email", PLANTED.get("email"))
                .header("Cookie", "sid=" + PLANTED.get("apiKey") + "; mail=" + percent(PLANTED.get("email")))
                .header("Referer", "https://shop.test/?phone=" + percent(PLANTED.get("phone"))));
        send(HttpRequest.newBuilder(address.resolve("/basic"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((PLANTED.get("email") + ":" + PLANTED.get("password"))
                                                .getBytes(StandardCharsets.UTF_8))));
    }

    /** All planted values; in the replay with one more, where a text stood. */
    private String json() {
        StringBuilder json = new StringBuilder("{\"note\":\"" + (changed ? PLANTED.get("email") : "none") + "\"");
        PLANTED.forEach((name, value) ->
                json.append(",\"").append(name).append("\":\"").append(value).append('"'));
        return json.append(changed ? ",\"total\":2}" : ",\"total\":1}").toString();
    }

    private void post(URI address, String path, String type, String body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        assertThat(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private static List<String> recorded(Path journal) {
        List<String> recorded = new ArrayList<>();
        try (JournalReader reader =
                JournalReader.open(journal, KeySetFile.loadForReading(KeySetFile.defaultFor(journal)))) {
            List<String> ids;
            try (Stream<Session> sessions = reader.sessions(SessionQuery.ALL)) {
                ids = sessions.map(Session::id).toList();
            }
            for (String id : ids) {
                try (Stream<Exchange> exchanges = reader.exchanges(id)) {
                    exchanges.map(ExchangeText::json).forEach(recorded::add);
                }
            }
        }
        return recorded;
    }

    private void assertClean(String place, String content) {
        for (String value : values) {
            for (String form : forms(value)) {
                assertThat(content.contains(form))
                        .as("%s holds %s as %s", place, value, form)
                        .isFalse();
            }
        }
    }

    private static Set<String> forms(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>(
                List.of(value, percent(value), HexFormat.of().formatHex(bytes), value.replace("@", "\\u0040")));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and last characters depend on what stands around the value.
            String inner = encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 2);
            forms.add(inner);
            forms.add(inner.replace('+', '-').replace('/', '_'));
        }
        forms.removeIf(form -> form.length() < 5);
        return forms;
    }

    private static String percent(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
