package dev.retake.privacy.scan;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Informational;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.Response;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.document.MessageWalker;
import dev.retake.privacy.encoding.Base64Text;
import dev.retake.privacy.protobuf.Descriptors;
import dev.retake.privacy.pseudonym.SurrogateRecognizer;
import dev.retake.privacy.rule.Action;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.privacy.value.Fields;
import dev.retake.privacy.value.LeafMemory;
import dev.retake.privacy.value.Replacer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for leaks in recorded exchanges: for planted values in the bytes of each part, and for what the detectors know by
 * the same walk over its documents, fields and encodings that sanitized them. Not thread-safe.
 */
public final class RecordScanner {
    private final Canaries canaries;
    private final DetectedClasses classes;
    private final Fields fields;
    private final Descriptors descriptors;
    private final int nesting;

    private RecordScanner(Canaries canaries, DetectedClasses classes, PrivacySettings settings) {
        this.canaries = canaries;
        this.classes = classes;
        this.fields =
                new Fields(FieldRules.with(settings.rulePacks()), settings.keepFields(), settings.replaceFields());
        this.descriptors = settings.readDescriptors();
        this.nesting = settings.nesting();
    }

    /**
     * A scanner.
     *
     * @param settings those that the exchanges were sanitized by
     * @throws dev.retake.common.error.RetakeException for a rule pack that cannot be read
     */
    public static RecordScanner of(Canaries canaries, DetectedClasses classes, PrivacySettings settings) {
        return new RecordScanner(canaries, classes, settings);
    }

    /** Looks at every part of {@code exchange}. */
    public void scan(Exchange exchange, RecordListener listener) {
        new Parts(exchange, listener).all();
    }

    /** Looks at a text that is recorded beside the exchanges. */
    public void scan(String field, String text, RecordListener listener) {
        bytes(field, text.getBytes(StandardCharsets.UTF_8), classes, listener);
    }

    private void bytes(String field, byte[] bytes, DetectedClasses detected, RecordListener listener) {
        ScanListener inPart = new ScanListener() {
            @Override
            public void leaked(Leak leak) {
                listener.leaked(field, leak);
            }

            @Override
            public void unread(String reason) {
                listener.unread(field, reason);
            }
        };
        try (ByteScanner scanner = ByteScanner.of(canaries, detected, inPart)) {
            scanner.feed(bytes, 0, bytes.length);
            scanner.end();
        }
    }

    /** The parts of one exchange. */
    private final class Parts implements Replacer {
        private final Exchange exchange;
        private final RecordListener listener;
        private final MessageWalker walker;
        private String field = "";

        Parts(Exchange exchange, RecordListener listener) {
            this.exchange = exchange;
            this.listener = listener;
            this.walker = new MessageWalker(fields, descriptors, this, new LeafMemory(0), nesting);
            walker.begin(this, exchange.request());
        }

        void all() {
            text("id", exchange.id().toString());
            text("node", exchange.node());
            text("identity", exchange.identity());
            text("trace", exchange.traceparent());
            octets("request method", exchange.request().method());
            String target = exchange.request().target();
            octets("request target", target);
            walker.target(target);
            headers("request header", exchange.request().headers());
            body(
                    "request body",
                    exchange.request().headers(),
                    false,
                    exchange.request().body());
            headers("request trailer", exchange.request().trailers());
            for (Informational interim : exchange.informational()) {
                headers("interim header", interim.headers());
            }
            Response response = exchange.response();
            if (response != null) {
                octets("response reason", response.reason());
                walker.phrase(response.reason());
                headers("response header", response.headers());
                body("response body", response.headers(), true, response.body());
                headers("response trailer", response.trailers());
            }
            Messages messages = exchange.messages();
            if (messages != null) {
                messages.all().forEach(this::message);
            }
        }

        private void message(Message message) {
            field = message.fromServer() ? "message of the server" : "message of the client";
            byte[] content = message.bytes();
            if (content.length == 0) {
                return;
            }
            boolean text = message.kind() == Message.Kind.TEXT || message.kind() == Message.Kind.CLOSE;
            Headers headers = exchange.request().headers();
            boolean walked = walker.message(text, headers, message.fromServer(), content, false) != null;
            bytes(field, content, walked ? DetectedClasses.NONE : classes, listener);
        }

        private void text(String part, @Nullable String text) {
            field = part;
            if (text != null) {
                bytes(part, text.getBytes(StandardCharsets.UTF_8), DetectedClasses.NONE, listener);
            }
        }

        /** A text from a head, which holds one char for each byte. */
        private void octets(String part, String text) {
            field = part;
            bytes(part, text.getBytes(StandardCharsets.ISO_8859_1), DetectedClasses.NONE, listener);
        }

        private void headers(String part, Headers headers) {
            for (int i = 0; i < headers.size(); i++) {
                boolean[] leaked = new boolean[1];
                bytes(
                        part + " name",
                        headers.name(i).getBytes(StandardCharsets.ISO_8859_1),
                        classes,
                        new RecordListener() {
                            @Override
                            public void leaked(String name, Leak leak) {
                                leaked[0] = true;
                                listener.leaked(name, leak);
                            }

                            @Override
                            public void unread(String name, String reason) {
                                listener.unread(name, reason);
                            }
                        });
                octets(part + " " + (leaked[0] ? "of that name" : headers.name(i)), headers.value(i));
                walker.fields(Headers.of(headers.name(i), headers.value(i)));
            }
        }

        private void body(String part, Headers headers, boolean response, Body body) {
            field = part;
            byte[] content = body.bytes();
            if (content.length == 0) {
                return;
            }
            boolean walked = walker.body(headers, response, content, false) != null;
            bytes(part, content, walked ? DetectedClasses.NONE : classes, listener);
        }

        @Override
        public String apply(Action action, DataClass dataClass, String value) {
            DataClass leaking = classes.leakOf(value);
            if (leaking != null) {
                listener.leaked(field, new Leak(0, leaking, "value", 0, List.of()));
            }
            return value;
        }

        /** A token that is a surrogate has claims, which are looked at one by one. */
        @Override
        public String applyToken(String token, TokenParts parts) {
            if (SurrogateRecognizer.classOf(token) == DataClass.JWT) {
                for (String part : token.split("\\.", -1)) {
                    byte[] octets = part.getBytes(StandardCharsets.ISO_8859_1);
                    Base64Text text = Base64Text.decode(octets, 0, octets.length);
                    if (text != null && text.isText()) {
                        parts.walk(text.bytes());
                    }
                }
            }
            return apply(Action.PSEUDONYMIZE, DataClass.JWT, token);
        }

        @Override
        public String applyNumber(Action action, DataClass dataClass, String number) {
            return apply(action, dataClass, number);
        }
    }
}
