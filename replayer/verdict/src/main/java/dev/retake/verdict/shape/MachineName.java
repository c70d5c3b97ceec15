package dev.retake.verdict.shape;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the names of the machine, replica or build that answered: another environment has others, and they mean nothing to
 * a user.
 */
public final class MachineName {
    /** What holds such a name, unless a word of prose or of business stands in it. */
    private static final Set<String> FIELDS =
            Set.of("node", "host", "server", "replica", "machine", "container", "worker", "build", "commit");

    private static final Pattern MADE_BY_MACHINE = Pattern.compile("(?=[^\\d]*\\d)[\\w.:@+-]{3,253}");

    /** Kubernetes draws the last parts of a pod's name from consonants and digits; an older middle part is hexadecimal. */
    private static final Pattern POD = Pattern.compile(
            "([a-z0-9](?:[a-z0-9-]{0,200}[a-z0-9])?)-(?:[bcdfghjklmnpqrstvwxz2456789]{5,10}|[0-9a-f]{8,10})-[bcdfghjklmnpqrstvwxz2456789]{5}");

    /** A cloud's name for the machine with this private address, and its id. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:(ip)(?:-\\d{1,3}){4}(?:\\.[a-z0-9-]+)*|(i)-[0-9a-f]{8,17})");

    private MachineName() {}

    /** Whether both are names of machines or builds in a field that holds such names. */
    public static boolean both(FieldName field, String before, String after) {
        return FIELDS.contains(field.joined())
                && MADE_BY_MACHINE.matcher(before).matches()
                && MADE_BY_MACHINE.matcher(after).matches();
    }

    /** Whether a number in the field counts builds. */
    public static boolean countsBuilds(FieldName field) {
        return field.joined().equals("build");
    }

    /** Whether {@code text} is one wherever it stands. */
    static boolean is(String text) {
        if (text.indexOf('-') < 0 || text.length() > 253) {
            return false;
        }
        return ADDRESS.matcher(text).matches()
                || POD.matcher(text).matches()
                        && text.substring(Math.max(0, text.length() - 16))
                                .chars()
                                .anyMatch(Character::isDigit);
    }

    /** What a replica's name begins with, the same for all replicas of one service. */
    static String base(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (address.matches()) {
            return address.group(1) == null ? "i" : "ip";
        }
        Matcher pod = POD.matcher(text);
        return pod.matches() ? pod.group(1) : text;
    }
}
