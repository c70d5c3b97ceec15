package dev.retake.privacy.policy;

import dev.retake.common.keys.HmacSha256;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.FieldLocation;
import dev.retake.privacy.value.Remainder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides by {@code crowd} or {@code deny}. What a pack allows stays under both.
 *
 * <p>{@code crowd} counts a value wherever it stands, so that a product that every list shows is kept in a path as well;
 * values of less than four bytes, which everything may be, are counted by field. What is decided on a value first holds for
 * its session as long as that is remembered, in every field. Not thread-safe.
 */
public final class PolicyRemainder implements Remainder {
    private static final int SHORT = 4;
    private static final int MOST_LEFT = 10_000;
    private static final int KEY_BYTES = 32;

    /** The part of the memory that decisions take, the rest is for counting. */
    private static final int CHOICES_SHARE = 8;

    private final HmacSha256 hash;
    private final @Nullable Crowd crowd;
    private final @Nullable SessionChoices choices;
    private final boolean counted;
    private final List<LeftValue> left = new ArrayList<>();
    private String sessionId = "";
    private @Nullable String subjectId;
    private long session;
    private long subject;

    private PolicyRemainder(RootKey root, String tenant, PolicySettings settings, boolean counted) {
        this.hash = new HmacSha256(root.derive("policy\0" + tenant, KEY_BYTES));
        boolean counts = settings.policy() == Policy.CROWD;
        long forChoices = settings.memory() / CHOICES_SHARE;
        this.crowd = counts ? new Crowd(settings.sessions(), settings.memory() - forChoices) : null;
        this.choices = counts ? new SessionChoices(forChoices) : null;
        this.counted = counted;
    }

    /**
     * What decides by {@code settings}; null for {@code detect}, under which all of it stays.
     *
     * @param counted whether decisions are listed in {@link #left()}
     */
    public static @Nullable PolicyRemainder of(RootKey root, String tenant, PolicySettings settings, boolean counted) {
        return settings.policy() == Policy.DETECT ? null : new PolicyRemainder(root, tenant, settings, counted);
    }

    /**
     * Begins with another exchange.
     *
     * @param ofSession id of its session
     * @param ofSubject whom the session belongs to, null where that is not known
     */
    public void begin(String ofSession, @Nullable String ofSubject) {
        left.clear();
        if (!sessionId.equals(ofSession)) {
            sessionId = ofSession;
            session = hash("session", ofSession);
        }
        if (ofSubject == null || !ofSubject.equals(subjectId)) {
            subjectId = ofSubject;
            subject = ofSubject == null ? 0 : hash("subject", ofSubject);
        }
    }

    /** Keyed hash of whose exchange it is: the subject where that is known, else the session. */
    public long whose() {
        return subject != 0 ? subject : session;
    }

    /** What was decided in the exchange so far, in order; bounded. A view. */
    public List<LeftValue> left() {
        return left;
    }

    @Override
    public boolean keeps(Field field, byte[] source, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && !isWord(source[start])) {
            start++;
        }
        while (end > start && !isWord(source[end - 1])) {
            end--;
        }
        if (start == end || isLiteral(source, start, end)) {
            return true;
        }
        String value = new String(source, start, end - start, StandardCharsets.UTF_8);
        boolean allowed = field.allowance().holds(value);
        long valueHash = counted || crowd != null && !allowed ? hash("value", value) : 0;
        boolean kept = allowed || crowd != null && isCommon(field, value, valueHash);
        if (counted && left.size() < MOST_LEFT) {
            left.add(new LeftValue(field, valueHash, ValueKind.of(source, start, end), kept));
        }
        return kept;
    }

    private boolean isCommon(Field field, String value, long valueHash) {
        Crowd counting = crowd;
        SessionChoices remembered = choices;
        if (counting == null || remembered == null) {
            return false;
        }
        boolean alone = value.length() >= SHORT;
        long counts = alone ? valueHash : hash(FieldLocation.of(field), value);
        boolean common = counting.saw(counts, session, subject);
        long choice = (session * 0x9E3779B97F4A7C15L) ^ valueHash;
        int decided = remembered.of(choice);
        if (decided < 0) {
            remembered.remember(choice, common);
            return common;
        }
        return decided == 1;
    }

    /** The first 64 bits of a keyed hash; never 0. */
    private long hash(String purpose, String text) {
        byte[] code = hash.of((purpose + '\0' + text).getBytes(StandardCharsets.UTF_8));
        long first = ByteBuffer.wrap(code).getLong();
        return first == 0 ? 1 : first;
    }

    private static boolean isWord(byte b) {
        return b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
    }

    /** {@code true}, {@code false}, {@code null} and zero say nothing of anybody. */
    private static boolean isLiteral(byte[] source, int from, int to) {
        return switch (to - from) {
            case 1 -> source[from] == '0';
            case 4 -> isWord(source, from, "true") || isWord(source, from, "null");
            case 5 -> isWord(source, from, "false");
            default -> false;
        };
    }

    private static boolean isWord(byte[] source, int from, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            if ((source[from + i] | 0x20) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
