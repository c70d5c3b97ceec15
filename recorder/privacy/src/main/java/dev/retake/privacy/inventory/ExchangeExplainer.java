package dev.retake.privacy.inventory;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Response;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.document.MessageWalker;
import dev.retake.privacy.protobuf.Descriptors;
import dev.retake.privacy.pseudonym.SurrogateRecognizer;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.rule.FieldRule;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.privacy.value.FieldLocation;
import dev.retake.privacy.value.Fields;
import dev.retake.privacy.value.FoundValue;
import dev.retake.privacy.value.LeafMemory;
import dev.retake.privacy.value.Replacer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says which rule or detector takes what in an exchange for a value, by the walk that sanitizes. Of a recorded exchange it
 * sees the surrogates, which have the form of what they replaced. Not thread-safe.
 */
public final class ExchangeExplainer {
    private static final int LONGEST_SHAPE = 40;

    private final Fields fields;
    private final Descriptors descriptors;
    private final int nesting;

    private ExchangeExplainer(PrivacySettings settings) {
        this.fields =
                new Fields(FieldRules.with(settings.rulePacks()), settings.keepFields(), settings.replaceFields());
        this.descriptors = settings.readDescriptors();
        this.nesting = settings.nesting();
    }

    /**
     * An explainer by these settings, those of recording where it should say what recording did.
     *
     * @throws dev.retake.common.error.RetakeException for a rule pack that cannot be read
     */
    public static ExchangeExplainer of(PrivacySettings settings) {
        return new ExchangeExplainer(settings);
    }

    /** What is taken for a value in {@code exchange}, in the order in which it stands there. */
    public List<ExplainedValue> explain(Exchange exchange) {
        List<String> values = new ArrayList<>();
        Replacer noting = new NotingReplacer(values);
        MessageWalker walker = new MessageWalker(fields, descriptors, noting, new LeafMemory(0), nesting);
        walker.begin(noting, exchange.request());
        walker.found().ask();
        walker.target(exchange.request().target());
        walker.fields(exchange.request().headers());
        walk(walker, exchange.request().body(), exchange.request().headers(), false);
        walk(walker, exchange, false);
        int requestEnd = walker.found().all().size();
        Response response = exchange.response();
        if (response != null) {
            walker.fields(response.headers());
            walk(walker, response.body(), response.headers(), true);
        }
        walk(walker, exchange, true);
        List<FoundValue> found = walker.found().all();
        List<ExplainedValue> explained = new ArrayList<>();
        for (int i = 0; i < Math.min(found.size(), values.size()); i++) {
            explained.add(explained(found.get(i), values.get(i), i < requestEnd));
        }
        return explained;
    }

    private static void walk(MessageWalker walker, Body body, Headers headers, boolean response) {
        if (body.bytes().length > 0) {
            walker.body(headers, response, body.bytes(), body.truncated());
        }
    }

    /** The messages of one side. */
    private static void walk(MessageWalker walker, Exchange exchange, boolean fromServer) {
        Messages messages = exchange.messages();
        for (Message message : messages == null ? List.<Message>of() : messages.all()) {
            if (message.fromServer() == fromServer && message.bytes().length > 0) {
                boolean text = message.kind() == Message.Kind.TEXT || message.kind() == Message.Kind.CLOSE;
                Headers headers = exchange.request().headers();
                walker.message(text, headers, fromServer, message.bytes(), message.truncated());
            }
        }
    }

    private static ExplainedValue explained(FoundValue found, String value, boolean request) {
        FieldRule rule = found.rule();
        return new ExplainedValue(
                FieldLocation.of(found.field(), request),
                found.dataClass().label(),
                rule == null ? FieldUse.DETECTOR : rule.name(),
                (rule == null ? Action.PSEUDONYMIZE.name() : rule.action().name()).toLowerCase(Locale.ROOT),
                rule == null ? "form" : rule.evidence().name().toLowerCase(Locale.ROOT),
                shape(value),
                SurrogateRecognizer.classOf(value) != null);
    }

    static String shape(String value) {
        StringBuilder shape = new StringBuilder();
        value.codePoints().limit(LONGEST_SHAPE).forEach(c -> {
            if (Character.isDigit(c)) {
                shape.append('9');
            } else if (Character.isLetter(c)) {
                shape.append(Character.isUpperCase(c) ? 'A' : 'a');
            } else {
                shape.append(c < ' ' || c > 0x7e ? '?' : (char) c);
            }
        });
        return shape.append(value.length() > LONGEST_SHAPE ? "…" : "").toString();
    }

    /** Notes each value, and gives something else for it, so that it counts as replaced. */
    private record NotingReplacer(List<String> values) implements Replacer {
        @Override
        public String apply(Action action, DataClass dataClass, String value) {
            values.add(value);
            return value + "?";
        }

        @Override
        public String applyToken(String token, TokenParts parts) {
            return apply(Action.PSEUDONYMIZE, DataClass.JWT, token);
        }

        @Override
        public String applyNumber(Action action, DataClass dataClass, String number) {
            values.add(number);
            return "null".equals(number) ? "0" : "null";
        }
    }
}
