package dev.retake.replay.schedule;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast requests follow each other: {@code recorded}, {@code max}, {@code Nx} or {@code N/s}. */
public sealed interface Pace {
    /** Text for errors and help. */
    String ALLOWED = "recorded, max, a factor such as 2x, or a rate such as 50/s";

    /**
     * As recorded, think times kept.
     *
     * @param factor how much faster than recorded, above 0
     */
    record Recorded(double factor) implements Pace {}

    /** Each request as soon as the one before it in its session is answered. */
    record Max() implements Pace {}

    /**
     * At a fixed rate over all sessions.
     *
     * @param perSecond requests a second, above 0
     */
    record Rate(double perSecond) implements Pace {}

    /**
     * Reads the option.
     *
     * @throws RetakeException {@link ErrorCode#ARGUMENT} for any other text
     */
    static Pace parse(String text) {
        if (text.equals("recorded")) {
            return new Recorded(1);
        }
        if (text.equals("max")) {
            return new Max();
        }
        Matcher matcher = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(x|/s)").matcher(text);
        double amount = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
        if (amount <= 0) {
            throw new RetakeException(ErrorCode.ARGUMENT, "--pace is '" + text + "'; it must be " + ALLOWED + ".");
        }
        return matcher.group(2).equals("x") ? new Recorded(amount) : new Rate(amount);
    }
}
