package dev.retake.replay.message;

import dev.retake.replay.message.Slot.Place;
import java.util.List;

/** Finds path segments and query parameters in a request target. */
final class TargetSlots {
    private TargetSlots() {}

    static void collect(String target, List<Slot> slots) {
        int question = target.indexOf('?');
        int endOfPath = question < 0 ? target.length() : question;
        String before = "";
        int number = 0;
        int start = target.startsWith("/") ? 1 : 0;
        while (start <= endOfPath) {
            int slash = target.indexOf('/', start);
            int end = slash < 0 || slash > endOfPath ? endOfPath : slash;
            String value = Encoding.percentDecoded(target.substring(start, end), false);
            number++;
            if (!value.isEmpty()) {
                slots.add(new Slot(
                        Place.TARGET,
                        0,
                        start,
                        end,
                        Encoding.PATH_SEGMENT,
                        before,
                        "",
                        value,
                        false,
                        "path:" + number));
            }
            before = value;
            start = end + 1;
        }
        if (question >= 0) {
            parameters(Place.TARGET, target, question + 1, target.length(), "query:", slots);
        }
    }

    /** {@code name=value} pairs between {@code from} and {@code to}. */
    static void parameters(Place place, String text, int from, int to, String locationPrefix, List<Slot> slots) {
        int start = from;
        while (start <= to) {
            int ampersand = text.indexOf('&', start);
            int end = ampersand < 0 || ampersand > to ? to : ampersand;
            int equals = text.indexOf('=', start);
            if (equals >= 0 && equals < end) {
                String name = Encoding.percentDecoded(text.substring(start, equals), true);
                String value = Encoding.percentDecoded(text.substring(equals + 1, end), true);
                slots.add(new Slot(
                        place, 0, equals + 1, end, Encoding.FORM, name, "", value, false, locationPrefix + name));
            }
            start = end + 1;
        }
    }
}
