package dev.retake.replay.gap;

import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which exchange of a recorded session names a thing first; one that failed names nothing. */
final class Mentions {
    private static final int SHORTEST = 4;
    private static final int LONGEST_TEXT = 1 << 20;

    /** In a body only what is surely the name of one thing: a digest, an id, a token. */
    private static final Pattern LONG_NAME = Pattern.compile("(?=[\\w-]*\\d)[\\w-]{16,256}");

    private final List<Exchange> exchanges;

    Mentions(List<Exchange> exchanges) {
        this.exchanges = exchanges;
    }

    /** Whether the request of {@code step} names something that was named by {@code write} and not before it. */
    boolean firstMadeBy(int write, int step) {
        Request written = exchanges.get(write).request();
        Set<String> fixed = Set.of(written.path().split("/"));
        for (String name : names(exchanges.get(step).request())) {
            boolean route = fixed.contains(name) && name.chars().allMatch(Character::isLetter);
            if (!route && names(exchanges.get(write), name) && !knownBefore(write, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether what was answered to {@code step} names something that was named by {@code write} and not before it. */
    boolean answersWith(int write, int step) {
        Response response = exchanges.get(step).response();
        if (response == null) {
            return false;
        }
        for (String name : longNames(response.body().bytes())) {
            if (names(exchanges.get(write), name) && !knownBefore(write, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an exchange before {@code step} that succeeded names {@code name}. */
    boolean knownBefore(int step, String name) {
        for (int i = 0; i < step; i++) {
            Response response = exchanges.get(i).response();
            if (response != null && response.status() < 400 && names(exchanges.get(i), name)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> names(Request request) {
        Set<String> names = new HashSet<>();
        for (String part : request.target().split("[/?&=]")) {
            String name = decode(part);
            if (name.length() >= SHORTEST) {
                names.add(name);
            }
        }
        names.addAll(longNames(request.body().bytes()));
        return names;
    }

    private static Set<String> longNames(byte[] body) {
        Set<String> names = new HashSet<>();
        LONG_NAME.matcher(text(body)).results().limit(1_000).forEach(found -> names.add(found.group()));
        return names;
    }

    private static boolean names(Exchange exchange, String name) {
        Request request = exchange.request();
        if (holds(decode(request.target()), name) || holds(text(request.body().bytes()), name)) {
            return true;
        }
        Response response = exchange.response();
        if (response == null) {
            return false;
        }
        String location = response.headers().first("Location");
        return location != null && holds(decode(location), name)
                || holds(text(response.body().bytes()), name);
    }

    /**
     * Whether {@code name} stands in {@code text} and is no part of a longer word there; a short one only in a path or
     * as an identifier, since numbers meet by chance.
     */
    private static boolean holds(String text, String name) {
        if (name.length() < SHORTEST) {
            String quoted = Pattern.quote(name);
            return Pattern.compile("(?:/|(?i:id|number|no|key|code)\"?\\s*[:=]\\s*\"?)" + quoted + "(?![\\w.])")
                    .matcher(text)
                    .find();
        }
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            if (begins && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] body) {
        return new String(body, 0, Math.min(LONGEST_TEXT, body.length), StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
