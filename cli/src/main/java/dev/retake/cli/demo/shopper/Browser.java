package dev.retake.cli.demo.shopper;

import dev.retake.cli.demo.shop.Documents;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One user's client: a connection of its own, the token that the login gave, and a count of what was sent. */
final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;
    private final String agent;
    private final AtomicInteger sent;
    private @Nullable String token;

    Browser(URI base, String agent, AtomicInteger sent) {
        this.base = base;
        this.agent = agent;
        this.sent = sent;
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send(request(target).GET());
    }

    /** A GET that is answered with 304 if {@code tag} is still right. */
    HttpResponse<String> getUnless(String tag, String target) throws IOException, InterruptedException {
        return send(request(target).header("If-None-Match", tag).GET());
    }

    HttpResponse<String> post(String target, ObjectNode document) throws IOException, InterruptedException {
        return send(json(target).POST(body(document)));
    }

    HttpResponse<String> put(String target, ObjectNode document) throws IOException, InterruptedException {
        return send(json(target).PUT(body(document)));
    }

    HttpResponse<String> delete(String target) throws IOException, InterruptedException {
        return send(request(target).DELETE());
    }

    /** A POST without content. */
    HttpResponse<String> post(String target) throws IOException, InterruptedException {
        return send(request(target).POST(BodyPublishers.noBody()));
    }

    /** Uploads a file in a form with a title. */
    HttpResponse<String> upload(String target, String title, String fileName, String content)
            throws IOException, InterruptedException {
        String boundary = "----form" + Integer.toHexString(content.hashCode());
        String form = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title + "\r\n--"
                + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--" + boundary + "--\r\n";
        return send(request(target)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(form)));
    }

    /** Sends {@code token} from now on. */
    void authorize(String bearer) {
        token = bearer;
    }

    /** The JSON object in a response. */
    static ObjectNode document(HttpResponse<String> response) throws IOException {
        ObjectNode document = Documents.parse(response.body());
        if (document == null) {
            throw new IOException("the shop answered " + response.request().method() + " "
                    + response.uri().getPath() + " with " + response.statusCode() + " and no document");
        }
        return document;
    }

    private HttpRequest.Builder json(String target) {
        return request(target).header("Content-Type", "application/json");
    }

    private static BodyPublisher body(ObjectNode document) {
        return BodyPublishers.ofByteArray(Documents.bytes(document));
    }

    private HttpRequest.Builder request(String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(target))
                .timeout(PATIENCE)
                .header("User-Agent", agent)
                .header("Accept", "*/*");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        sent.incrementAndGet();
        return Objects.requireNonNull(response);
    }
}
