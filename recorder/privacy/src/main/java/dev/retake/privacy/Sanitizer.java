package dev.retake.privacy;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Informational;
import dev.retake.common.exchange.Message;
import dev.retake.common.exchange.Messages;
import dev.retake.common.exchange.PathTemplate;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Withheld;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.detect.Detectors;
import dev.retake.privacy.document.MessageWalker;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.inventory.FieldInventory;
import dev.retake.privacy.policy.PolicyRemainder;
import dev.retake.privacy.pseudonym.Pseudonyms;
import dev.retake.privacy.pseudonym.Replacement;
import dev.retake.privacy.value.FoundValue;
import dev.retake.privacy.value.LeafMemory;
import dev.retake.privacy.value.Lessons;
import dev.retake.privacy.value.SessionLessons;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns a raw exchange into one that may be stored: every personal or secret value in it is replaced by its surrogate,
 * in heads, bodies and trailers, and a body that cannot be read is withheld. It never throws for what an exchange holds.
 *
 * <p>Sizes stay as they were measured, {@code Content-Length} among the headers too: they describe what passed, not what
 * is stored.
 *
 * <p>Not thread-safe, apart from {@link #identitySurrogate}: one instance belongs to one recorder thread.
 */
public final class Sanitizer {
    /** Version of the rules and encodings in {@link Exchange#policyVersion()}. */
    public static final int POLICY_VERSION = 1;

    private static final byte[] NO_BYTES = {};
    private static final String WITHHELD = "[withheld]";

    /** Values whose surrogates are remembered. */
    private static final int REMEMBERED = 8_192;

    /** What sessions gave away about their users is remembered up to this number of values. */
    private static final int REMEMBERED_LESSONS = 20_000;

    private final Pseudonyms pseudonyms;
    private final MessageWalker walker;
    private final BackgroundErrors errors;
    private final @Nullable FieldInventory inventory;
    private final @Nullable PolicyRemainder remainder;
    private final @Nullable ReplacedValues taking;
    private final SessionLessons lessons = new SessionLessons(REMEMBERED_LESSONS);
    private SurrogateReplacer replacer;

    /** Between these of what was found lies what the request holds. */
    private int requestFrom;

    private int requestTo;
    private final AtomicLong removedFields = new AtomicLong();
    private String session = "";
    private long day;

    private Sanitizer(
            RootKey root,
            PrivacySettings settings,
            BackgroundErrors errors,
            @Nullable FieldInventory inventory,
            @Nullable ReplacedValues taking) {
        this.pseudonyms = Pseudonyms.create(root, settings.pseudonyms());
        this.taking = taking;
        this.replacer = new SurrogateReplacer(pseudonyms.in(session, Instant.EPOCH), taking, 0);
        this.walker = new MessageWalker(
                settings.fields(),
                settings.readDescriptors(),
                replacer,
                new LeafMemory(REMEMBERED),
                settings.nesting());
        this.errors = errors;
        this.inventory = inventory;
        this.remainder = PolicyRemainder.of(root, settings.pseudonyms().tenant(), settings.policy(), inventory != null);
        if (remainder != null) {
            walker.remainder(remainder);
        }
        if (inventory != null) {
            walker.found().ask();
        }
    }

    /** A sanitizer that counts its failures for itself. */
    public static Sanitizer create(RootKey root, PrivacySettings settings) {
        return create(root, settings, new BackgroundErrors());
    }

    /**
     * A sanitizer.
     *
     * @param errors where a failure of a walk is counted; the part that it happened in is withheld
     * @throws dev.retake.common.error.RetakeException for a rule pack that cannot be read
     */
    public static Sanitizer create(RootKey root, PrivacySettings settings, BackgroundErrors errors) {
        return new Sanitizer(root, settings, errors, null, null);
    }

    /**
     * A sanitizer that also counts which fields carry what.
     *
     * @param inventory where it counts
     */
    public static Sanitizer create(
            RootKey root, PrivacySettings settings, BackgroundErrors errors, FieldInventory inventory) {
        return new Sanitizer(root, settings, errors, inventory, null);
    }

    /**
     * A sanitizer that also gives away what it replaces.
     *
     * @param taking who gets it
     */
    public static Sanitizer create(
            RootKey root,
            PrivacySettings settings,
            BackgroundErrors errors,
            FieldInventory inventory,
            ReplacedValues taking) {
        return new Sanitizer(root, settings, errors, inventory, taking);
    }

    /** The sanitized form of {@code raw}. Its session and node are taken as they are. */
    public SanitizedExchange sanitize(Exchange raw) {
        begin(raw);
        Lessons recalled = lessons.of(raw.session());
        walker.recall(recalled);
        long removed = walker.removedFields();
        Exchange first = walk(raw);
        removedFields.addAndGet(walker.removedFields() - removed);
        boolean again = walker.endFirstWalk();
        lessons.add(raw.session(), recalled, walker.lessons());
        if (inventory != null) {
            count(inventory, raw, first, again);
        }
        Exchange clean = again ? walk(raw) : first;
        Messages passed = raw.messages();
        return new SanitizedExchange(passed == null ? clean : clean.withMessages(messages(raw, passed)));
    }

    /** The sanitized form of what passed after {@code raw}, which opened the connection to it. */
    private Messages messages(Exchange raw, Messages passed) {
        MessageStream stream = stream(raw);
        List<Message> clean = new ArrayList<>(passed.all().size());
        for (Message message : passed.all()) {
            clean.add(message.bytes().length == 0 ? message : message(stream, message));
        }
        return passed.with(clean);
    }

    private static Message message(MessageStream stream, Message raw) {
        StreamMessage.Kind kind = switch (raw.kind()) {
            case TEXT, CLOSE -> StreamMessage.Kind.TEXT;
            case BINARY, PING, PONG -> StreamMessage.Kind.BINARY;
        };
        if (kind == StreamMessage.Kind.TEXT && !Utf8.isValid(raw.bytes(), raw.truncated())) {
            return raw.withheld(Withheld.UNPARSEABLE); // RFC 6455 §8.1: it is no text, whatever it says
        }
        SanitizedMessage clean =
                stream.sanitize(new StreamMessage(kind, raw.fromServer(), raw.bytes(), raw.truncated(), raw.atNanos()));
        Withheld withheld = clean.withheld();
        return withheld == null ? raw.withBytes(clean.bytes()) : raw.withheld(withheld);
    }

    /** Counts what the first walk found. */
    private void count(FieldInventory into, Exchange raw, Exchange first, boolean again) {
        int found = walker.found().all().size();
        int left = remainder == null ? 0 : remainder.left().size();
        String operation = operation(raw.request(), first.request(), again);
        long time = raw.timings().acceptedAt();
        into.add(operation, walker.found().all().subList(0, found), requestFrom, requestTo, time);
        if (remainder != null) {
            into.add(operation, remainder.left().subList(0, left), remainder.whose(), time);
        }
    }

    /** The operation of a request, without values that other parts of its exchange gave away. */
    private String operation(Request raw, Request first, boolean again) {
        if (!again) {
            return PathTemplate.operation(first);
        }
        String target = target(raw.target());
        return PathTemplate.operation(
                new Request(first.method(), target, first.version(), Headers.EMPTY, Body.EMPTY, Headers.EMPTY));
    }

    private void begin(Exchange raw) {
        walker.begin(replacerFor(raw), raw.request());
        if (remainder != null) {
            remainder.begin(raw.session(), raw.identity());
        }
    }

    /**
     * Begins with the messages of a stream.
     *
     * @param opening the raw exchange that opened it, with both heads; what it gives away is known to the messages
     * @return what sanitizes them, on this sanitizer's thread
     */
    public MessageStream stream(Exchange opening) {
        begin(opening);
        walker.recall(lessons.of(opening.session()));
        Exchange first = walk(opening);
        boolean again = walker.endFirstWalk();
        String operation = operation(opening.request(), first.request(), again);
        return new MessageStream(this, opening, operation, walker.lessons());
    }

    /** One message of {@code stream}, in the order in which they came. */
    SanitizedMessage message(MessageStream stream, StreamMessage raw) {
        Exchange opening = stream.opening();
        byte @Nullable [] walked;
        try {
            begin(opening);
            walker.recall(stream.lessons());
            long removed = walker.removedFields();
            walked = walkMessage(opening, raw);
            removedFields.addAndGet(walker.removedFields() - removed);
            if (inventory != null) {
                List<FoundValue> found = walker.found().all();
                int ofRequest = raw.fromServer() ? 0 : found.size();
                inventory.add(
                        stream.operation(),
                        found,
                        0,
                        ofRequest,
                        opening.timings().acceptedAt());
            }
            if (walker.endFirstWalk() && walked != null) {
                walked = walkMessage(opening, raw);
            }
            stream.learnt(walker.lessons());
        } catch (RuntimeException e) {
            // Law 2, as for a body: whatever goes wrong with a message, nothing of it is kept.
            errors.report("sanitize message", e);
            return new SanitizedMessage(raw, NO_BYTES, Withheld.SANITIZER_FAILED);
        }
        if (walked == null) {
            boolean binary = raw.kind() == StreamMessage.Kind.BINARY;
            return new SanitizedMessage(raw, NO_BYTES, binary ? Withheld.BINARY : Withheld.UNPARSEABLE);
        }
        return new SanitizedMessage(raw, walked, null);
    }

    private byte @Nullable [] walkMessage(Exchange opening, StreamMessage raw) {
        Response response = opening.response();
        Headers headers =
                !raw.fromServer() || response == null ? opening.request().headers() : response.headers();
        return switch (raw.kind()) {
            case EVENT -> walker.events(raw.bytes(), raw.truncated());
            case TEXT, BINARY ->
                walker.message(
                        raw.kind() == StreamMessage.Kind.TEXT, headers, raw.fromServer(), raw.bytes(), raw.truncated());
        };
    }

    /**
     * The surrogate of whom a session belongs to, the same that the value has in traffic; that of a token has no claims.
     * Thread-safe.
     *
     * @param rawIdentity a login name, a subject, an address
     * @param ofSession id of the session
     * @param time of the exchange that gave the identity
     */
    public String identitySurrogate(String rawIdentity, String ofSession, Instant time) {
        DataClass dataClass = Detectors.refine(DataClass.USERNAME, rawIdentity);
        String surrogate = pseudonyms.in(ofSession, time).replace(dataClass, rawIdentity);
        if (taking != null && taking.wants(dataClass) && !surrogate.equals(rawIdentity)) {
            taking.add(new ReplacedValue(dataClass, rawIdentity, surrogate));
        }
        return surrogate;
    }

    /** How many fields of protobuf messages were removed so far since no descriptor has them. Thread-safe. */
    public long removedFields() {
        return removedFields.get();
    }

    private SurrogateReplacer replacerFor(Exchange raw) {
        Instant time = Instant.EPOCH.plus(raw.timings().acceptedAt(), ChronoUnit.MICROS);
        long dayOfExchange = time.getEpochSecond() / 86_400;
        if (!session.equals(raw.session()) || day != dayOfExchange) {
            Replacement replacement = pseudonyms.in(raw.session(), time);
            long dayOfTaking = taking == null ? 0 : dayOfExchange;
            if (replacer.replacement() != replacement || replacer.day() != dayOfTaking) {
                replacer = new SurrogateReplacer(replacement, taking, dayOfTaking);
            }
            session = raw.session();
            day = dayOfExchange;
        }
        return replacer;
    }

    private Exchange walk(Exchange raw) {
        List<Informational> informational = new ArrayList<>(raw.informational().size());
        for (Informational interim : raw.informational()) {
            informational.add(new Informational(interim.status(), headers(interim.headers())));
        }
        requestFrom = walker.found().all().size();
        Request request = request(raw.request());
        requestTo = walker.found().all().size();
        Response response = raw.response();
        return new Exchange(
                raw.id(),
                raw.node(),
                raw.connection(),
                raw.session(),
                raw.sequence(),
                raw.identity(),
                request,
                response == null ? null : response(response),
                informational,
                raw.timings(),
                raw.outcome(),
                remainder == null ? raw.traceparent() : null,
                POLICY_VERSION);
    }

    private Request request(Request raw) {
        return new Request(
                walker.method(raw.method()),
                target(raw.target()),
                raw.version(),
                headers(raw.headers()),
                body(raw.body(), raw.headers(), false),
                headers(raw.trailers()));
    }

    private Response response(Response raw) {
        return new Response(
                raw.status(),
                reason(raw.reason()),
                raw.version(),
                headers(raw.headers()),
                body(raw.body(), raw.headers(), true),
                headers(raw.trailers()));
    }

    private String target(String raw) {
        try {
            return walker.target(raw);
        } catch (RuntimeException e) { // law 2, whatever it is
            return failed("/" + WITHHELD, e);
        }
    }

    private String reason(String raw) {
        try {
            return walker.phrase(raw);
        } catch (RuntimeException e) { // law 2, whatever it is
            return failed(WITHHELD, e);
        }
    }

    private Headers headers(Headers raw) {
        if (raw.size() == 0) {
            return raw;
        }
        try {
            return walker.fields(raw);
        } catch (RuntimeException e) { // law 2, whatever it is
            return failed(raw.mapValues(value -> WITHHELD), e);
        }
    }

    private Body body(Body raw, Headers headers, boolean ofResponse) {
        if (raw.withheld() != null || raw.bytes().length == 0) {
            return raw;
        }
        byte @Nullable [] walked;
        try {
            walked = walker.body(headers, ofResponse, raw.bytes(), raw.truncated());
        } catch (RuntimeException e) { // law 2, as for a head
            errors.report("sanitize body", e);
            return raw.withheld(Withheld.SANITIZER_FAILED);
        }
        if (walked == null) {
            return raw.withheld(walker.unreadable(headers, ofResponse));
        }
        return walked == raw.bytes() ? raw : raw.withBytes(walked);
    }

    /** Law 2: whatever goes wrong with a part, nothing of it is kept. */
    private <T> T failed(T withheld, RuntimeException failure) {
        errors.report("sanitize head", failure);
        return withheld;
    }
}
