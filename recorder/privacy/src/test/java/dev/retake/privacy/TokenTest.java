package dev.retake.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.pseudonym.PseudonymSettings;
import dev.retake.privacy.scan.Canaries;
import dev.retake.privacy.scan.DetectedClasses;
import dev.retake.privacy.scan.Leak;
import dev.retake.privacy.scan.RecordListener;
import dev.retake.privacy.scan.RecordScanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Claims of a token are sanitized as members of JSON are, by the rules of the deployment. */
class TokenTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataAnonymizer anonymizer = anonymizer(List.of(), List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    email           | {"email":"%s"}                | zoe@privmail.net
                    family_name     | {"family_name":"%s"}          | Zabrowski
                    phone_number    | {"phone_number":%s}           | 14155552671
                    note            | {"note":"ask %s"}             | zoe@privmail.net
                    profile         | {"profile":{"email":"%s"}}    | zoe@privmail.net
                    data            | {"data":"{\\"email\\":\\"%s\\"}"} | zoe@privmail.net
                    """)
    void givesAClaimTheSurrogateThatItHasInADocument(String claim, String form, String value) throws Exception {
        String document = form.formatted(value);
        String inDocument = new String(
                anonymizer.json(("{\"user\":" + document + '}').getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);

        JsonNode claims = claims(anonymizer.text("text/plain", token(document)));

        assertThat(claims.get(claim).toString()).doesNotContain(value);
        assertThat(claims.get(claim))
                .isEqualTo(JSON.readTree(inDocument).get("user").get(claim));
    }

    /** As npm's registries write them: groups that hold the name of the user. */
    @Test
    void replacesAClaimWhereverTheTokenRepeatsIt() throws Exception {
        JsonNode claims = claims(
                anonymizer.text("text/plain", token("{\"groups\":[\"mwiesental\"],\"username\":\"mwiesental\"}")));

        assertThat(claims.get("username").asString()).isNotEqualTo("mwiesental");
        assertThat(claims.get("groups").get(0)).isEqualTo(claims.get("username"));
    }

    @Test
    void followsTheRulesOfTheDeployment() throws Exception {
        DataAnonymizer configured = anonymizer(List.of("email"), List.of("badge"));

        JsonNode claims = claims(
                configured.text("text/plain", token("{\"email\":\"zoe@privmail.net\",\"badge\":\"B-7731-QX\"}")));

        assertThat(claims.get("email").asString()).isEqualTo("zoe@privmail.net");
        assertThat(claims.get("badge").asString()).isNotEqualTo("B-7731-QX").hasSize(9);
    }

    @Test
    void keepsWhatSaysHowLongATokenHolds() throws Exception {
        String claims =
                "{\"iss\":\"https://login.shop-main.net/\",\"iat\":1763680000,\"exp\":1763683600,\"admin\":true}";

        JsonNode kept = claims(anonymizer.text("text/plain", token(claims)));

        assertThat(kept.get("iat").asLong()).isEqualTo(1_763_680_000);
        assertThat(kept.get("exp").asLong()).isEqualTo(1_763_683_600);
        assertThat(kept.get("admin").asBoolean()).isTrue();
    }

    @Test
    void hasOneSurrogateWhereverATokenStands() {
        String token = token("{\"sub\":\"42\",\"email\":\"zoe@privmail.net\"}");
        String surrogate = anonymizer.text("text/plain", token);

        String page =
                anonymizer.text("application/json", "{\"a\":[\"" + token + "\"],\"access_token\":\"" + token + "\"}");

        assertThat(page).isEqualTo("{\"a\":[\"" + surrogate + "\"],\"access_token\":\"" + surrogate + "\"}");
        assertThat(anonymizer.value("authorization", "Bearer " + token)).isEqualTo("Bearer " + surrogate);
    }

    /** Tokens within tokens end somewhere, and broken claims are no claims. */
    @Test
    void looksIntoTokensWithinTokensToABound() throws Exception {
        String token = token("{\"email\":\"zoe@privmail.net\"}");
        for (int i = 0; i < 8; i++) {
            token = token("{\"act\":\"" + token + "\"}");
        }

        String sanitized = anonymizer.text("text/plain", token);

        int depth = 0;
        for (JsonNode claims = claims(sanitized); claims.has("act"); depth++) {
            claims = claims(claims.get("act").asString());
        }
        assertThat(depth).isEqualTo(4);
        assertThat(claims(anonymizer.text("text/plain", token("{\"email\":\"zoe@privmail.net\",}"))))
                .isEmpty();
    }

    /** A surrogate is no leak, but what stands in it may be one. */
    @Test
    void isLookedIntoByAScan() {
        String surrogate = anonymizer.text("text/plain", token("{\"iss\":\"us\"}"));
        String[] parts = surrogate.split("\\.");
        String leaking = parts[0] + '.' + base64("{\"email\":\"zoe@privmail.net\"}") + '.' + parts[2];

        assertThat(leaksIn(surrogate)).isEmpty();
        assertThat(leaksIn(leaking)).containsExactly("email");
    }

    private static List<String> leaksIn(String token) {
        List<String> leaks = new ArrayList<>();
        Exchange exchange = Exchanges.of(
                Exchanges.request("GET", "/", Headers.of("authorization", "Bearer " + token), ""),
                Exchanges.response(200, Headers.EMPTY, ""));
        RecordScanner.of(Canaries.NONE, DetectedClasses.CERTAIN, PrivacySettings.DEFAULTS)
                .scan(exchange, new RecordListener() {
                    @Override
                    public void leaked(String field, Leak leak) {
                        leaks.add(leak.className());
                    }

                    @Override
                    public void unread(String field, String reason) {
                        leaks.add(reason);
                    }
                });
        return leaks;
    }

    private static DataAnonymizer anonymizer(List<String> keep, List<String> replace) {
        PrivacySettings settings = new PrivacySettings(
                PseudonymSettings.DEFAULTS, List.of(), PrivacySettings.DEFAULTS.nesting(), keep, replace);
        return DataAnonymizer.create(new RootKey(new byte[32]), settings);
    }

    private static JsonNode claims(String token) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    private static String token(String claims) {
        return base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' + base64(claims)
                + ".WunpYe77o2DRRDkIVcZpcUjPB8ToODR9kdbdJFX_t-E";
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
