package dev.retake.privacy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An address that must not be left in what was sanitized. It depends on the input, so that a fuzzer which learns what is
 * looked for cannot plant it where it would be none.
 */
record Canary(String mailbox) {
    /** The canary for {@code input}. */
    static Canary of(byte[] input) {
        return new Canary("q" + Integer.toHexString(31 * Arrays.hashCode(input) + 17) + "zora");
    }

    /** The address. */
    String value() {
        return mailbox + "@fastpost-inbox.net";
    }

    /** {@code content} with the address in quotes on a line of its own behind it. */
    byte[] behind(byte[] content) {
        byte[] line = ("\n\"" + value() + "\"\n").getBytes(StandardCharsets.US_ASCII);
        byte[] planted = Arrays.copyOf(content, content.length + line.length);
        System.arraycopy(line, 0, planted, content.length, line.length);
        return planted;
    }

    void isNotIn(byte[] sanitized) {
        isNotIn(new String(sanitized, StandardCharsets.ISO_8859_1));
    }

    void isNotIn(String sanitized) {
        assertThat(sanitized).doesNotContain(mailbox);
    }
}
