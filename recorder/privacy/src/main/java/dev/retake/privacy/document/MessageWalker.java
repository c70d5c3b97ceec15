package dev.retake.privacy.document;

import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Withheld;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.protobuf.Descriptors;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Fields;
import dev.retake.privacy.value.FoundValues;
import dev.retake.privacy.value.LeafMemory;
import dev.retake.privacy.value.Learnt;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.Lessons;
import dev.retake.privacy.value.Remainder;
import dev.retake.privacy.value.Replacer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Walks the parts of HTTP messages, all of one exchange and then those of the next. Not thread-safe. */
public final class MessageWalker {
    private final Learnt learnt = new Learnt();
    /** What JSON in the messages of this exchange is about. */
    private Field json;

    private final Leaves leaves;
    private final HeaderKinds kinds = new HeaderKinds();
    private final DocumentWalker documents;
    private final Payloads payloads;
    private long removedFields;

    /**
     * A walker that has begun an exchange without a host.
     *
     * @param fields kept between exchanges
     * @param memory kept between exchanges
     * @param nesting how many encodings inside one another are undone; what is nested deeper is replaced whole
     */
    public MessageWalker(Fields fields, Replacer replacer, LeafMemory memory, int nesting) {
        this(fields, Descriptors.NONE, replacer, memory, nesting);
    }

    /**
     * The same, which reads protobuf too.
     *
     * @param descriptors of the messages that can be read
     */
    public MessageWalker(Fields fields, Descriptors descriptors, Replacer replacer, LeafMemory memory, int nesting) {
        payloads = new Payloads(descriptors);
        leaves = new Leaves(fields, replacer, learnt, memory, nesting, new NestedWalkers());
        documents = new DocumentWalker(leaves, kinds, nesting);
        json = fields.json();
        begin(replacer, "");
    }

    /**
     * A walker of single values, each for itself, as they stand in records of many subjects.
     *
     * @param fields kept between values
     * @param memory kept between values
     */
    public static Leaves values(Fields fields, Replacer replacer, LeafMemory memory, int nesting) {
        Leaves values = new Leaves(fields, replacer, Learnt.nothing(), memory, nesting, new NestedWalkers());
        values.begin(replacer, "");
        return values;
    }

    /**
     * Begins with another exchange.
     *
     * @param replacer decides what stands in place of its values
     * @param host the host that the exchange was addressed to, which URLs in it keep; empty where there is none
     */
    public void begin(Replacer replacer, String host) {
        leaves.begin(replacer, host);
        json = leaves.fields().json();
        payloads.begin(null);
    }

    /** The same for the exchange that {@code request} asks for, whose path may say which messages its bodies are. */
    public void begin(Replacer replacer, Request request) {
        String host = request.headers().first("host");
        leaves.begin(replacer, host == null ? "" : host);
        json = leaves.fields().jsonAbout(request.target());
        payloads.begin(request);
    }

    /** What was replaced in the first walk over the exchange so far; kept where it is asked for. */
    public FoundValues found() {
        return leaves.found();
    }

    /**
     * Ends the first walk over the exchange.
     *
     * @return whether it left a value somewhere that it replaced elsewhere, so that a second walk is needed
     */
    public boolean endFirstWalk() {
        return learnt.endFirstWalk();
    }

    /** Sanitizes a request target (RFC 9112 §3.2). */
    public String target(String target) {
        return HeadWalker.target(leaves, target);
    }

    /** Has {@code deciding} say what stays of what no rule and no detector touches; all of it does without. */
    public void remainder(Remainder deciding) {
        leaves.remainder(deciding);
    }

    /** Sanitizes a method: one that no standard has is the client's own word. */
    public String method(String method) {
        if (!leaves.hasRemainder() || ProtocolWords.isMethod(method)) {
            return method;
        }
        return new String(leaves.word(method.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    /** Sanitizes a reason phrase, or another text that stands alone. */
    public String phrase(String phrase) {
        return HeadWalker.phrase(leaves, phrase);
    }

    /** Sanitizes the values of header or trailer fields. */
    public Headers fields(Headers headers) {
        BinaryMetadata binary = payloads.isRpc() ? new BinaryMetadata(leaves, payloads.descriptors()) : null;
        return HeadWalker.fields(leaves, kinds, binary, headers);
    }

    /**
     * Sanitizes the body under {@code headers}.
     *
     * @param response whether it is the response's
     * @param truncated it goes on after the last byte, where the capture ended
     * @return {@code source} itself where nothing is replaced; null where it cannot be read
     */
    public byte @Nullable [] body(Headers headers, boolean response, byte[] source, boolean truncated) {
        MediaType type = MediaType.parse(headers.first("content-type"));
        Payload payload = payloads.of(type.essence(), headers, response);
        if (payload == null) {
            return document(type, source, truncated);
        }
        return payload(payload, source, truncated);
    }

    private byte @Nullable [] payload(Payload payload, byte[] source, boolean truncated) {
        PayloadWalker walker = new PayloadWalker(leaves, kinds, documents, payloads);
        byte[] walked = walker.walk(payload, source, truncated);
        removedFields += walker.removed();
        return walked;
    }

    /**
     * Sanitizes one message of the stream that the exchange opened, {@code text} where its protocol says that it is text.
     *
     * @param headers of the side that sent it
     * @param response whether the server sent it
     * @return {@code source} itself where nothing is replaced; null where it cannot be read
     */
    public byte @Nullable [] message(
            boolean text, Headers headers, boolean response, byte[] source, boolean truncated) {
        if (text) {
            return document(StreamTexts.type(source), source, truncated);
        }
        String essence = MediaType.parse(headers.first("content-type")).essence();
        Payload payload = payloads.ofMessage(essence, headers, response);
        return payload == null ? document(MediaType.NONE, source, truncated) : payload(payload, source, truncated);
    }

    /** Sanitizes server-sent events. */
    public byte @Nullable [] events(byte[] source, boolean truncated) {
        return document(StreamTexts.EVENTS, source, truncated);
    }

    /** Takes what an earlier message of the same stream gave away; called after {@link #begin}. */
    public void recall(Lessons lessons) {
        learnt.recall(lessons);
    }

    /** What the exchange or message gave away so far. */
    public Lessons lessons() {
        return learnt.lessons();
    }

    /** Why a body under {@code headers} that could not be read is withheld. */
    public Withheld unreadable(Headers headers, boolean response) {
        MediaType type = MediaType.parse(headers.first("content-type"));
        boolean text = switch (type.family()) {
            case JSON, NDJSON, FORM, MULTIPART, XML, HTML, CSV, EVENT_STREAM, TEXT -> true;
            case BINARY, UNKNOWN -> false;
        };
        return text || payloads.of(type.essence(), headers, response) != null ? Withheld.UNPARSEABLE : Withheld.BINARY;
    }

    /** How many fields of protobuf messages were removed so far since no descriptor has them. */
    public long removedFields() {
        return removedFields;
    }

    /**
     * Sanitizes a document.
     *
     * @param truncated it goes on after the last byte, where the capture ended
     * @return {@code source} itself where nothing is replaced; null where it cannot be read
     */
    public byte @Nullable [] document(MediaType type, byte[] source, boolean truncated) {
        return documents.walk(json, type, source, truncated, 0);
    }

    /**
     * Sanitizes a value that stands in no document.
     *
     * @param name of its field, with the names around it from the outermost on, joined by dots
     */
    public String value(String name, String value) {
        Field field = leaves.fields().json();
        for (String part : name.split("\\.", -1)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            field = field.child(bytes, 0, bytes.length);
        }
        byte[] source = value.getBytes(StandardCharsets.UTF_8);
        Edits edits = new Edits();
        leaves.value(field, source, 0, source.length, Escaping.NONE, 0, edits);
        return edits.isEmpty() ? value : new String(edits.apply(source, 0, source.length), StandardCharsets.UTF_8);
    }
}
