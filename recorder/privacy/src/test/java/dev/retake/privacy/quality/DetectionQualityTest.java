package dev.retake.privacy.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.keys.RootKey;
import dev.retake.privacy.PrivacySettings;
import dev.retake.privacy.ReplacedValue;
import dev.retake.privacy.ReplacedValues;
import dev.retake.privacy.Sanitizer;
import dev.retake.privacy.detect.DataClass;
import dev.retake.privacy.inventory.FieldInventory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How much of what is labelled in whole messages goes through the sanitizer, and how much that is clean is touched; the
 * table is described in {@code docs/privacy.md}. {@code -Dretake.quality=20000} takes so many messages of each half, {@code
 * -Dretake.generate=true} writes the table, {@code -Dretake.quality.missed=BIRTH,WRONG} prints what stayed, of the half for
 * tuning alone: the other half is worth something only as long as nobody reads its misses.
 */
class DetectionQualityTest {
    private static final int MESSAGES = Integer.getInteger("retake.quality", 2_000);
    private static final List<String> SHOWN =
            List.of(System.getProperty("retake.quality.missed", "").split(","));
    private static final double LEAST_PRECISION = 0.90;
    private static final int AROUND = 40;
    private static final String BEGIN = "<!-- quality: begin -->\n";
    private static final String END = "<!-- quality: end -->\n";

    private static final Set<DataClass> NAMES =
            EnumSet.of(DataClass.PERSON_NAME, DataClass.GIVEN_NAME, DataClass.FAMILY_NAME);
    private static final Set<DataClass> PLACES =
            EnumSet.of(DataClass.ADDRESS, DataClass.STREET, DataClass.CITY, DataClass.POSTCODE);

    /** Takes what is replaced in one message. */
    private static final class Taken implements ReplacedValues {
        private final Map<String, DataClass> values = new TreeMap<>();

        @Override
        public boolean wants(DataClass dataClass) {
            return true;
        }

        @Override
        public void add(ReplacedValue value) {
            values.put(new String(value.original(), StandardCharsets.UTF_8), value.dataClass());
        }
    }

    private final Taken taken = new Taken();
    private final Sanitizer sanitizer = Sanitizer.create(
            new RootKey(new byte[32]), PrivacySettings.DEFAULTS, new BackgroundErrors(), new FieldInventory(), taken);

    /** What was measured of one half. */
    private static final class Measured {
        private final Map<Group, Tally> groups = new EnumMap<>(Group.class);
        private final Map<String, Tally> clean = new TreeMap<>();

        Tally of(Group group) {
            return groups.computeIfAbsent(group, key -> new Tally());
        }
    }

    @Test
    void findsWhatIsLabelledAndLeavesTheRest() throws IOException {
        Map<Half, Measured> halves = new EnumMap<>(Half.class);
        for (Half half : Half.values()) {
            halves.put(half, measure(half));
        }
        write(table(halves));
        halves.get(Half.TUNING).groups.forEach((group, tally) -> {
            double right = group.clean() ? 1 - tally.recall() : tally.recall();
            assertThat(right).as(group.label()).isGreaterThanOrEqualTo(group.least());
            assertThat(tally.precision()).as("precision of %s", group.label()).isGreaterThanOrEqualTo(LEAST_PRECISION);
        });
    }

    private Measured measure(Half half) {
        Measured measured = new Measured();
        Services services = new Services(half, 20_261_121);
        for (int i = 0; i < MESSAGES; i++) {
            Message message = services.next(i);
            taken.values.clear();
            String left = Decoded.of(sanitizer.sanitize(message.exchange()).exchange());
            String raw = Decoded.of(message.exchange());
            Set<String> values = new HashSet<>();
            for (Label label : message.labels()) {
                assertThat(raw)
                        .as("a value of %s is not in its message", label.kind())
                        .contains(label.value().value());
                Group group = label.group();
                boolean gone = gone(label.value().value(), raw, left);
                boolean whole = gone && label.value().parts().stream().noneMatch(left::contains);
                measured.of(group).value(gone, whole);
                if (group.clean()) {
                    measured.clean
                            .computeIfAbsent(label.kind(), key -> new Tally())
                            .value(gone, whole);
                } else {
                    values.add(label.value().value());
                }
                if (half == Half.TUNING && gone == group.clean() && SHOWN.contains(group.name())
                        || half == Half.TUNING && gone && !whole && SHOWN.contains(group + ".PART")) {
                    show(label, raw);
                }
            }
            taken.values.forEach((value, dataClass) -> {
                Group group = NAMES.contains(dataClass)
                        ? Group.NAME_IN_TEXT
                        : PLACES.contains(dataClass) ? Group.ADDRESS_IN_TEXT : null;
                if (group != null) {
                    boolean right = values.stream().anyMatch(label -> label.contains(value) || value.contains(label));
                    measured.of(group).hit(right);
                    if (half == Half.TUNING && !right && SHOWN.contains("WRONG")) {
                        System.out.println(dataClass + "\t" + value);
                    }
                }
            });
        }
        return measured;
    }

    private static void show(Label label, String raw) {
        String value = label.value().value();
        int at = raw.indexOf(value);
        int end = at + value.length();
        String around = raw.substring(Math.max(0, at - AROUND), at) + "[[" + value + "]]"
                + raw.substring(end, Math.min(raw.length(), end + AROUND));
        System.out.println(
                label.group() + "\t" + label.kind() + "\t" + label.place() + "\t" + around.replace('\n', ' '));
    }

    /** Whether a value went; a short one may stand elsewhere by chance. */
    private static boolean gone(String value, String raw, String left) {
        return !left.contains(value) || value.length() < 6 && count(left, value) < count(raw, value);
    }

    private static int count(String text, String word) {
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean apart = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            count += apart ? 1 : 0;
        }
        return count;
    }

    private static String table(Map<Half, Measured> halves) {
        StringBuilder table = new StringBuilder();
        for (Half half : Half.values()) {
            Measured measured = halves.get(half);
            table.append(String.format(
                    Locale.ROOT,
                    "%s, %,d messages:%n%n| group | values | found (95 %% interval) | found whole | precision |%n|---|---|---|---|---|%n",
                    half == Half.TUNING ? "The half that detectors were tuned with" : "The half that was only measured",
                    MESSAGES));
            measured.groups.forEach((group, tally) -> {
                if (!group.clean()) {
                    table.append(
                            String.format("| %s | %s | %s |%n", group.label(), tally.cells(), tally.precisionCell()));
                }
            });
            List<String> kinds = new ArrayList<>();
            measured.clean.forEach((kind, tally) -> {
                if (tally.recall() > 0) {
                    kinds.add(String.format(Locale.ROOT, "%s %.2f %%", kind.substring(2), 100 * tally.recall()));
                }
            });
            Tally clean = measured.of(Group.CLEAN);
            Tally text = measured.of(Group.CLEAN_TEXT);
            table.append(String.format(
                    Locale.ROOT,
                    "%nClean values touched: %.2f %% of %,d; products, companies and sentences: %.2f %% of %,d (%s).%n%n",
                    100 * clean.recall(),
                    clean.values(),
                    100 * text.recall(),
                    text.values(),
                    String.join(", ", kinds)));
        }
        return table.toString();
    }

    private static void write(String table) throws IOException {
        System.out.println(table);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("quality.md"), table);
        if (Boolean.getBoolean("retake.generate")) {
            Path page = Path.of("../../docs/privacy.md");
            String old = Files.readString(page);
            int from = old.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(page, old.substring(0, from) + table + old.substring(old.indexOf(END)));
        }
    }
}
