package dev.retake.privacy.pseudonym;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;
import java.util.Locale;

/**
 * Replaces e-mail addresses by pronounceable ones under {@code example.com}, {@code .org} and {@code .net} (RFC 2606).
 * One domain stays one domain; its label carries a check letter, so that ours are told from others under these names.
 */
final class EmailEncoder {
    private static final String CONSONANTS = "bcdfghjklmnprstvwxyz";
    private static final String VOWELS = "aeiou";
    private static final int LABEL = 9;

    private static final int SHORTEST_LOCAL = 6;
    private static final int LONGEST_LOCAL = 64;
    private static final String[] RESERVED = {"example.com", "example.org", "example.net"};

    private final SurrogateKeys keys;
    private final ShapeEncoder shapes;
    private final NetworkEncoder networks;
    private final Cache<String, String> domains;

    /** @param remembered how many domains are remembered: most people share a few */
    EmailEncoder(SurrogateKeys keys, ShapeEncoder shapes, NetworkEncoder networks, int remembered) {
        this.keys = keys;
        this.shapes = shapes;
        this.networks = networks;
        this.domains = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(remembered)
                .build();
    }

    String encode(String value) {
        int at = value.lastIndexOf('@');
        if (at < 1 || !isLocal(value, at) || !isDomain(value, at + 1)) {
            return shapes.encode(ShapeEncoder.Family.OPAQUE, value);
        }
        String local = value.substring(0, at);
        String domain = value.substring(at + 1);
        if (isSurrogateDomain(domain)) {
            return value;
        }
        return local(local, domain) + '@' + domain(domain);
    }

    /** Whether {@code domain} is one of ours. */
    static boolean isSurrogateDomain(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        for (String reserved : RESERVED) {
            if (lower.length() == LABEL + 1 + reserved.length()
                    && lower.endsWith(reserved)
                    && lower.charAt(LABEL) == '.'
                    && hasLabelForm(lower)) {
                return checkLetter(lower) == lower.charAt(LABEL - 1);
            }
        }
        return false;
    }

    private static boolean hasLabelForm(String domain) {
        for (int i = 0; i < LABEL; i++) {
            if ((i % 2 == 0 ? CONSONANTS : VOWELS).indexOf(domain.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Determined by the letters before it. */
    private static char checkLetter(CharSequence label) {
        int sum = 7;
        for (int i = 0; i < LABEL - 1; i++) {
            sum = 31 * sum + label.charAt(i);
        }
        return CONSONANTS.charAt(Math.floorMod(sum, CONSONANTS.length()));
    }

    private String domain(String domain) {
        if (domain.startsWith("[")) {
            return '[' + networks.encode(domain.substring(1, domain.length() - 1)) + ']';
        }
        String lower = domain.toLowerCase(Locale.ROOT);
        String surrogate = domains.get(lower, this::newDomain);
        return domain.equals(lower) ? surrogate : Letters.inCaseOf(domain, surrogate);
    }

    private String newDomain(String lower) {
        Noise noise = new Noise(keys, Purpose.EMAIL_DOMAIN, lower);
        StringBuilder label = new StringBuilder(LABEL);
        while (label.length() < LABEL - 1) {
            label.append(pick(label.length() % 2 == 0 ? CONSONANTS : VOWELS, noise));
        }
        label.append(checkLetter(label));
        String reserved = lower.endsWith(".com") ? RESERVED[0] : lower.endsWith(".org") ? RESERVED[1] : RESERVED[2];
        return label.append('.').append(reserved).toString();
    }

    /** Words keep their lengths and what parts them; a very short local part grows, to tell many people apart. */
    private String local(String local, String domain) {
        String lower = local.toLowerCase(Locale.ROOT);
        Noise noise = new Noise(keys, Purpose.EMAIL_NAME, lower + '@' + domain.toLowerCase(Locale.ROOT));
        StringBuilder out = new StringBuilder(local.length());
        StringBuilder word = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= local.length(); i++) {
            char c = i < local.length() ? local.charAt(i) : 0;
            if (Character.isLetter(c) || Character.isSurrogate(c)) {
                word.append(pick(word.length() % 2 == 0 ? CONSONANTS : VOWELS, noise));
                continue;
            }
            out.append(Letters.inCaseOf(local.substring(start, i), word.toString()));
            word.setLength(0);
            start = i + 1;
            if (i < local.length()) {
                out.append(Letters.isDigit(c) ? noise.digit() : c);
            }
        }
        while (out.length() < SHORTEST_LOCAL) {
            out.append(pick(out.length() % 2 == 0 ? CONSONANTS : VOWELS, noise));
        }
        return out.toString();
    }

    private static char pick(String letters, Noise noise) {
        return letters.charAt(noise.below(letters.length()));
    }

    private static boolean isLocal(String value, int end) {
        if (end > LONGEST_LOCAL || value.charAt(0) == '.' || value.charAt(end - 1) == '.') {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            boolean doubled = c == '.' && value.charAt(i + 1) == '.';
            if (c <= ' ' || c == '@' || doubled || "\"(),:;<>[\\]".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDomain(String value, int start) {
        int end = value.length();
        if (end - start > 3 && value.charAt(start) == '[' && value.charAt(end - 1) == ']') {
            return NetworkEncoder.isAddress(value.substring(start + 1, end - 1));
        }
        int label = start;
        for (int i = start; i <= end; i++) {
            if (i == end || value.charAt(i) == '.') {
                if (i == label || i - label > 63 || value.charAt(label) == '-' || value.charAt(i - 1) == '-') {
                    return false;
                }
                label = i == end ? label : i + 1;
            } else if (!Character.isLetterOrDigit(value.charAt(i)) && value.charAt(i) != '-') {
                return false;
            }
        }
        return label > start && end - label >= 2 && end - start <= 253;
    }
}
