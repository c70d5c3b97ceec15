package dev.retake.replay.message;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Request;
import dev.retake.replay.message.Slot.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request taken apart: every value with its place, and the same request with some of them replaced. Whatever is not
 * replaced keeps its bytes. Immutable.
 */
public final class RequestSlots {
    /** Fields that speak of the connection, the client or the content, and never carry what a server handed out. */
    private static final Set<String> NO_VALUES = Set.of(
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "accept-language",
            "accept-charset",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "expect",
            "te",
            "upgrade",
            "origin",
            "cache-control",
            "pragma",
            "date",
            "via",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-forwarded-for",
            "dnt",
            "upgrade-insecure-requests");

    private final Request request;
    private final @Nullable BodyText text;
    private final List<Slot> slots;

    private RequestSlots(Request request, @Nullable BodyText text, List<Slot> slots) {
        this.request = request;
        this.text = text;
        this.slots = slots;
    }

    /** Takes {@code request} apart. */
    public static RequestSlots of(Request request) {
        List<Slot> slots = new ArrayList<>();
        TargetSlots.collect(request.target(), slots);
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("cookie")) {
                cookies(headers.value(i), i, slots);
            } else if (!NO_VALUES.contains(lower) && !lower.startsWith("sec-")) {
                String value = headers.value(i);
                slots.add(new Slot(
                        Place.HEADER, i, 0, value.length(), Encoding.RAW, name, "", value, false, "header:" + name));
            }
        }
        BodyText text = body(request, slots);
        return new RequestSlots(request, text, List.copyOf(slots));
    }

    /** Its values, in the order of the message. */
    public List<Slot> slots() {
        return slots;
    }

    /** The request as it was. */
    public Request request() {
        return request;
    }

    /** A value for a place. */
    public record Replacement(Slot slot, String value) {}

    /** The request with {@code replacements} made; their slots are this request's own and do not overlap. */
    public Request with(List<Replacement> replacements) {
        if (replacements.isEmpty()) {
            return request;
        }
        List<Replacement> ordered = new ArrayList<>(replacements);
        ordered.sort(Comparator.comparingInt((Replacement r) -> r.slot().start()));
        String target = splice(request.target(), ordered, Place.TARGET, 0, null);
        Headers.Builder headers = Headers.builder();
        for (int i = 0; i < request.headers().size(); i++) {
            headers.add(request.headers().name(i), splice(request.headers().value(i), ordered, Place.HEADER, i, null));
        }
        Body body = request.body();
        if (text != null && ordered.stream().anyMatch(r -> r.slot().place() == Place.BODY)) {
            byte[] bytes = text.bytes(splice(text.text(), ordered, Place.BODY, 0, text));
            body = new Body(bytes, bytes.length, bytes.length, body.coding(), false, null, null, 0, body.chunkTimes());
        }
        return new Request(request.method(), target, request.version(), headers.build(), body, request.trailers());
    }

    private static String splice(
            String whole, List<Replacement> ordered, Place place, int index, @Nullable BodyText bodyText) {
        StringBuilder changed = new StringBuilder(whole.length() + 32);
        int done = 0;
        for (Replacement replacement : ordered) {
            Slot slot = replacement.slot();
            if (slot.place() == place && slot.index() == index) {
                String before = whole.substring(slot.start(), slot.end());
                String written = slot.encoding().encode(replacement.value(), before);
                changed.append(whole, done, slot.start());
                changed.append(bodyText == null ? written : bodyText.insertable(written));
                done = slot.end();
            }
        }
        return done == 0 && changed.isEmpty()
                ? whole
                : changed.append(whole, done, whole.length()).toString();
    }

    private static void cookies(String value, int index, List<Slot> slots) {
        int start = 0;
        while (start < value.length()) {
            int semicolon = value.indexOf(';', start);
            int end = semicolon < 0 ? value.length() : semicolon;
            int equals = value.indexOf('=', start);
            if (equals >= 0 && equals < end) {
                String name = value.substring(start, equals).trim();
                int from = equals + 1;
                slots.add(new Slot(
                        Place.HEADER,
                        index,
                        from,
                        end,
                        Encoding.RAW,
                        name,
                        "",
                        value.substring(from, end),
                        false,
                        "cookie:" + name));
            }
            start = end + 1;
        }
    }

    private static @Nullable BodyText body(Request request, List<Slot> slots) {
        Body body = request.body();
        if (body.bytes().length == 0 || body.truncated() || body.withheld() != null) {
            return null;
        }
        MediaType type = MediaType.parse(request.headers().first("Content-Type"));
        BodyText decoded = BodyText.of(body.bytes(), type);
        String text = decoded.text();
        switch (type.family()) {
            case JSON -> json(text, 0, "body:", slots);
            case NDJSON, EVENT_STREAM -> lines(text, slots);
            case FORM -> TargetSlots.parameters(Place.BODY, text, 0, text.length(), "body:", slots);
            case MULTIPART -> {
                if (type.boundary() != null) {
                    MultipartSlots.collect(text, type.boundary(), slots);
                }
            }
            case XML, HTML -> XmlSlots.collect(text, slots);
            case CSV, TEXT -> whole(text, slots);
            case BINARY -> {
                return null;
            }
            case UNKNOWN -> {
                if (!json(text, 0, "body:", slots) && decoded.charset() != null) {
                    whole(text, slots);
                }
            }
        }
        return decoded;
    }

    private static void whole(String text, List<Slot> slots) {
        slots.add(new Slot(Place.BODY, 0, 0, text.length(), Encoding.RAW, "", "", text, false, "body"));
    }

    private static void lines(String text, List<Slot> slots) {
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            int brace = text.indexOf('{', start);
            if (brace >= 0 && brace < end) {
                json(text.substring(brace, end), brace, "body:", slots);
            }
            start = end + 1;
        }
    }

    /** Adds the values of the JSON {@code text}, which begins at {@code offset} of the body; false where it is none. */
    static boolean json(String text, int offset, String locationPrefix, List<Slot> slots) {
        List<JsonWalk.Found> found = JsonWalk.of(text);
        if (found == null) {
            return false;
        }
        for (JsonWalk.Found value : found) {
            slots.add(new Slot(
                    Place.BODY,
                    0,
                    offset + value.start(),
                    offset + value.end(),
                    value.kind() == JsonWalk.Kind.NUMBER ? Encoding.JSON_NUMBER : Encoding.JSON_STRING,
                    value.name(),
                    value.parent(),
                    value.value(),
                    value.kind() == JsonWalk.Kind.NUMBER,
                    locationPrefix + value.pointer()));
        }
        return true;
    }
}
