package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.keys.RootKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a session gave away in one exchange is known in its later ones, whatever their fields are called. */
class SessionKnowledgeTest {
    private static final String PAGE =
            "<html><body>Signed in (mwiesental) <a href=\"/logout\">out</a> v2.14.3</body></html>";

    private final Sanitizer sanitizer = Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS);

    @Test
    void knowsAUserNameOnLaterPages() {
        request("s1", "/login", "{\"username\":\"mwiesental\",\"password\":\"correct horse\"}");

        assertThat(response("s1", "text/html", PAGE))
                .doesNotContain("mwiesental")
                .startsWith("<html><body>Signed in (")
                .endsWith(") <a href=\"/logout\">out</a> v2.14.3</body></html>");
        assertThat(response("s2", "text/html", PAGE)).as("another session").isEqualTo(PAGE);
    }

    @Test
    void givesAnIdOneSurrogateInAllExchangesOfItsSession() {
        String id = "d7106454-96c6-4a34-b47e-4056eef3c036";
        String created = response("s1", "application/json", "{\"customer\":{\"id\":\"" + id + "\"}}");
        String surrogate = created.substring("{'customer':{'id':'".length(), created.length() - 3);

        assertThat(surrogate).isNotEqualTo(id).hasSize(36);
        assertThat(request("s1", "/x", "{\"c\":\"" + id + "\",\"qty\":2}"))
                .isEqualTo("{\"c\":\"" + surrogate + "\",\"qty\":2}");
    }

    @Test
    void forgetsWhatIsNoName() {
        request("s1", "/orders", "{\"customer\":{\"city\":\"Hamburg\",\"firstName\":\"Jasmine\"}}");

        String products = "{\"title\":\"Jasmine tea from Hamburg\"}";
        assertThat(response("s1", "application/json", products)).isEqualTo(products);
    }

    private String request(String session, String target, String body) {
        Headers json = Headers.of("Content-Type", "application/json");
        Exchange raw =
                Exchanges.of(Exchanges.request("POST", target, json, body), Exchanges.response(204, Headers.EMPTY, ""));
        return text(clean(session, raw).request().body().bytes());
    }

    private String response(String session, String type, String body) {
        Exchange raw = Exchanges.of(
                Exchanges.request("GET", "/page", Headers.EMPTY, ""),
                Exchanges.response(200, Headers.of("Content-Type", type), body));
        return text(clean(session, raw).response().body().bytes());
    }

    private Exchange clean(String session, Exchange raw) {
        return sanitizer.sanitize(Exchanges.in(session, raw)).exchange();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
