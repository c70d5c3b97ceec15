package dev.retake.replay.message;

import dev.retake.common.exchange.MediaType;
import dev.retake.replay.message.Slot.Place;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the values of a multipart body (RFC 2046 §5.1, RFC 7578): plain fields, and JSON inside parts. */
final class MultipartSlots {
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final int MAX_PARTS = 1_000;
    private static final int MAX_FIELD = 64 * 1024;

    private MultipartSlots() {}

    static void collect(String text, String boundary, List<Slot> slots) {
        String delimiter = "--" + boundary;
        int at = text.indexOf(delimiter);
        for (int parts = 0; at >= 0 && parts < MAX_PARTS; parts++) {
            int head = text.indexOf("\r\n", at);
            int next = text.indexOf("\r\n" + delimiter, at + delimiter.length());
            int body = head < 0 ? -1 : text.indexOf("\r\n\r\n", head);
            if (next < 0 || body < 0) {
                return;
            }
            if (body + 4 <= next) {
                part(text, text.substring(head, body), body + 4, next, slots);
            }
            at = next + 2;
        }
    }

    private static void part(String text, String head, int start, int end, List<Slot> slots) {
        Matcher matcher = NAME.matcher(head);
        String name = matcher.find() ? matcher.group(1) : "";
        MediaType type = MediaType.NONE;
        boolean file = head.toLowerCase(Locale.ROOT).contains("filename");
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, "content-type:", 0, 13)) {
                type = MediaType.parse(line.substring(13).trim());
            }
        }
        String location = "body:" + name;
        if (type.family() == MediaType.Family.JSON) {
            RequestSlots.json(text.substring(start, end), start, location, slots);
        } else if (!file && end - start <= MAX_FIELD) {
            slots.add(new Slot(
                    Place.BODY, 0, start, end, Encoding.RAW, name, "", text.substring(start, end), false, location));
        }
    }
}
