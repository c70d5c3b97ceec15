package dev.retake.privacy.quality;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.Headers;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.common.exchange.Timings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the messages of one half: those of services, by the forms in its {@code .http} file, and records in the styles of
 * no service in particular. A form is a request, a line {@code --- STATUS} and a response; <code>${kind}</code> stands for
 * a drawn value, <code>${kind@x}</code> for the same one each time, and <code>${text}</code> for sentences.
 */
final class Services {
    private static final Pattern HOLE = Pattern.compile("\\$\\{([a-z0-9.]+)(@[a-z])?}");
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Values values;
    private final Draw draw;
    private final Records records;
    private final List<String> forms = new ArrayList<>();

    private final Map<String, Drawn> repeated = new HashMap<>();
    private List<Label> labels = new ArrayList<>();
    private String place = "";

    Services(Half half, long seed) {
        draw = new Draw(seed);
        values = half.values(draw);
        records = new Records(half, draw);
        for (String form : String.join("\n", Culture.lines(half.file(".http"))).split("(?m)^### ")) {
            if (!form.isBlank()) {
                forms.add(form);
            }
        }
    }

    /** The next message; its exchange is of day {@code number}, so that no two share a surrogate. */
    Message next(int number) {
        values.travel();
        labels = new ArrayList<>();
        repeated.clear();
        String form = number % 2 == 0 ? forms.get(number / 2 % forms.size()) : records.form();
        place = form.substring(0, form.indexOf('\n'));
        String[] sides = form.substring(form.indexOf('\n') + 1).split("(?m)^--- ", 2);
        Request request = request(sides[0]);
        Exchange exchange = new Exchange(
                new UUID(7, number),
                "node",
                1,
                Integer.toHexString(number),
                1,
                null,
                request,
                response(sides[1]),
                List.of(),
                new Timings(1_000_000_000_000_000L + number * DAY_MICROS, 1, 2, 3, 4),
                Outcome.COMPLETE,
                null,
                0);
        return new Message(exchange, labels);
    }

    private Request request(String text) {
        String[] first = text.substring(0, text.indexOf('\n')).split(" ");
        String target = fill(first[1], Written.PERCENT);
        Headers headers = headers(text);
        return new Request(first[0], target, "HTTP/1.1", headers, body(text, headers), Headers.EMPTY);
    }

    private Response response(String text) {
        int status = Integer.parseInt(text.substring(0, 3));
        Headers headers = headers(text);
        return new Response(status, "", "HTTP/1.1", headers, body(text, headers), Headers.EMPTY);
    }

    private Headers headers(String text) {
        String head = text.split("\n\n", 2)[0];
        Headers.Builder headers = Headers.builder();
        head.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(": ");
            headers.add(line.substring(0, colon), fill(line.substring(colon + 2), Written.PLAIN));
        });
        return headers.build();
    }

    private Body body(String text, Headers headers) {
        String[] parts = text.split("\n\n", 2);
        if (parts.length < 2 || parts[1].isBlank()) {
            return Body.EMPTY;
        }
        String type = headers.first("Content-Type");
        String body = fill(parts[1].stripTrailing(), Written.in(type));
        if (type.startsWith("multipart")) {
            body = body.replace("\n", "\r\n");
        }
        return Body.of(body.getBytes(StandardCharsets.UTF_8));
    }

    private String fill(String text, Written written) {
        Matcher hole = HOLE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (hole.find()) {
            String kind = hole.group(1);
            String value = kind.equals("text")
                    ? fill(values.culture().sentence(), Written.PLAIN)
                    : label(kind, hole.group(2)).text();
            hole.appendReplacement(filled, Matcher.quoteReplacement(written.escape(value)));
        }
        return hole.appendTail(filled).toString();
    }

    private Drawn label(String kind, String again) {
        Drawn value = again == null
                ? values.of(kind)
                : repeated.computeIfAbsent(kind.replace("t.", "") + again, key -> values.of(kind));
        labels.add(new Label(kind, value, place));
        return value;
    }
}
