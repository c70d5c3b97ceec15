package dev.retake.replay;

import dev.retake.common.exchange.Exchange;
import dev.retake.verdict.BodyDigest;
import dev.retake.verdict.VerdictSettings.SurrogateClass;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a run needs from the program around it. All functions are called from several threads.
 *
 * @param clock tells when the run was
 * @param random makes the run's id unique; nothing else depends on it
 * @param variables looks up what {@code ${NAME}} stands for in credentials
 * @param surrogateClass tells the class of a value that sanitizing put in place of a real one; null for others
 * @param mask replaces personal data in a JSON text, for values of the target that are shown
 * @param digest keyed digest of bodies by the keys of the recording; null where they are not at hand
 * @param sanitizer what both sides go through before they are compared, for {@code --comparable shadow}; null where the
 *     root key is not at hand
 */
public record ReplayEnvironment(
        InstantSource clock,
        RandomGenerator random,
        Variables variables,
        SurrogateClass surrogateClass,
        UnaryOperator<String> mask,
        @Nullable BodyDigest digest,
        @Nullable ExchangeSanitizer sanitizer) {

    /** Variables of the process environment, or what stands in for them. */
    @FunctionalInterface
    public interface Variables {
        /** The value of {@code name}, null where it is not set. */
        @Nullable
        String get(String name);
    }

    /** The sanitizer of the recording. */
    @FunctionalInterface
    public interface ExchangeSanitizer {
        /** The same exchange, its personal data replaced as the recorder would have. */
        Exchange sanitize(Exchange exchange);
    }

    /** The machine's clock and variables; no privacy functions and no keys. */
    public static ReplayEnvironment system() {
        return new ReplayEnvironment(
                Clock.systemUTC(),
                new SecureRandom(),
                System::getenv,
                value -> null,
                UnaryOperator.identity(),
                null,
                null);
    }
}
