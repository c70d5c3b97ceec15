package dev.retake.privacy.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Timings;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.policy.Policy;
import dev.retake.privacy.policy.PolicySettings;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** A value has one surrogate wherever a request holds it: in the path, the query, JSON, a claim of a JWT, in base64. */
class OneValueOneSurrogateTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int VALUES = 150;
    private static final String HEADER = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    private static final Timings TIMINGS = new Timings(1_790_000_000_000_000L, 1, 2, 3, 4);

    private final Random random = new Random(7);
    private Sanitizer sanitizer = sanitizer(Policy.DETECT);

    /** Each place is in a session of its own, so that none is known from another. */
    private int sessions;

    @ParameterizedTest
    @EnumSource(DataClass.class)
    void inEveryPlace(DataClass dataClass) {
        if (dataClass == DataClass.OTHER) {
            sanitizer = sanitizer(Policy.DENY);
        }
        String name = name(dataClass);
        long most = Math.min(SampleValues.count(dataClass), 1_000_000);
        for (int i = 0; i < VALUES; i++) {
            String value = SampleValues.value(dataClass, random.nextInt((int) most));
            Map<String, String> surrogates = new LinkedHashMap<>();
            surrogates.put("path", inPath(name, value));
            surrogates.put("query", inQuery(name, value));
            surrogates.put("JSON", inJson(name, value));
            surrogates.put("JWT", inClaim(name, value));
            surrogates.put("base64", inBase64(name, value));
            assertThat(surrogates.values()).as(value + " becomes " + surrogates).containsOnly(surrogates.get("JSON"));
            boolean telling = value.length() >= 4 && dataClass != DataClass.GEO && dataClass != DataClass.USER_ID;
            if (telling) {
                assertThat(surrogates.get("JSON")).as(name).isNotEqualTo(value);
            }
        }
    }

    private static Sanitizer sanitizer(Policy policy) {
        PolicySettings settings = new PolicySettings(policy, 2, 1);
        return Sanitizer.create(new RootKey(new byte[32]), PrivacySettings.DEFAULTS.with(settings));
    }

    private String inPath(String name, String value) {
        String target =
                sanitized("/items;" + name + "=" + percent(value) + "/view", "").target();
        return decoded(target.substring(target.indexOf('=') + 1, target.lastIndexOf('/')));
    }

    private String inQuery(String name, String value) {
        String target =
                sanitized("/items?page=2&" + name + "=" + percent(value), "").target();
        return decoded(target.substring(target.lastIndexOf('=') + 1));
    }

    private String inJson(String name, String value) {
        return member(sanitized("/items", json(name, value)).body().bytes(), name);
    }

    private String inClaim(String name, String value) {
        String token = HEADER + '.' + base64(json(name, value)) + '.' + base64("no key verifies this signature");
        String surrogate =
                member(sanitized("/items", json("token", token)).body().bytes(), "token");
        return member(Base64.getUrlDecoder().decode(surrogate.split("\\.")[1]), name);
    }

    private String inBase64(String name, String value) {
        String written = Base64.getEncoder().encodeToString(json(name, value).getBytes(StandardCharsets.UTF_8));
        String surrogate =
                member(sanitized("/items", json("data", written)).body().bytes(), "data");
        return member(Base64.getDecoder().decode(surrogate), name);
    }

    private Request sanitized(String target, String body) {
        Request request = new Request(
                "POST",
                target,
                "HTTP/1.1",
                Headers.of("Content-Type", "application/json"),
                Body.of(body.getBytes(StandardCharsets.UTF_8)),
                Headers.EMPTY);
        Exchange raw = new Exchange(
                new UUID(1, 2),
                "node",
                1,
                "session " + ++sessions,
                1,
                null,
                request,
                null,
                List.of(),
                TIMINGS,
                Outcome.COMPLETE,
                null,
                0);
        return sanitizer.sanitize(raw).exchange().request();
    }

    /** What says of which class a value is, where the value does not say it. */
    private static String name(DataClass dataClass) {
        return switch (dataClass) {
            case EMAIL, IBAN, PASSWORD, USERNAME, STREET, CITY, ADDRESS, POSTCODE -> dataClass.label();
            case PHONE -> "phone";
            case CARD -> "cardNumber";
            case CARD_CODE -> "cvv";
            case BANK_ACCOUNT -> "bankAccountNumber";
            case IPV4, IPV6 -> "clientIp";
            case MAC -> "macAddress";
            case JWT -> "idToken";
            case SECRET -> "clientSecret";
            case PERSON_NAME -> "fullName";
            case GIVEN_NAME -> "firstName";
            case FAMILY_NAME -> "lastName";
            case USER_ID -> "deviceId";
            case DATE_OF_BIRTH -> "dateOfBirth";
            case NATIONAL_ID -> "passportNumber";
            case GEO -> "latitude";
            case OTHER -> "other";
        };
    }

    private static String json(String name, String value) {
        return JSON.createObjectNode().put(name, value).toString();
    }

    private static String member(byte[] json, String name) {
        return JSON.readTree(json).path(name).asString();
    }

    private static String percent(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String percent) {
        return URLDecoder.decode(percent.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
