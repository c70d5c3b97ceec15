package dev.retake.privacy.quality;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.datafaker.Faker;

/** Names, addresses, phone numbers and sentences of one culture: half of them by a list, half by a foreign library. */
final class Culture {
    /** Cultures for which the library has names of their own. */
    private static final Set<String> IN_LIBRARY = Set.of(
            "en-US", "de", "fr", "es", "pl", "pt-BR", "sv", "cs", "ru", "en-IN", "en-GB", "it", "nl", "hu", "uk");

    private final Map<String, List<String>> lists = new HashMap<>();
    private final String tag;
    private final Draw draw;
    private final Faker faker;

    private Culture(String tag, Draw draw) {
        this.tag = tag;
        this.draw = draw;
        String known = "en-IN".equals(tag) ? "en-IND" : tag;
        this.faker = IN_LIBRARY.contains(tag)
                ? new Faker(Locale.forLanguageTag(known), new Random(draw.below(Integer.MAX_VALUE)))
                : null;
    }

    /** The cultures in a resource of this package. */
    static List<Culture> read(String resource, Draw draw) {
        List<Culture> cultures = new ArrayList<>();
        for (String line : lines(resource)) {
            if (line.startsWith("[")) {
                cultures.add(new Culture(line.substring(1, line.length() - 1), draw));
            } else if (!line.startsWith("#") && !line.isBlank()) {
                int space = line.indexOf(' ');
                List<String> list = cultures.get(cultures.size() - 1)
                        .lists
                        .computeIfAbsent(line.substring(0, space), key -> new ArrayList<>());
                String rest = line.substring(space + 1).replace("\\n", "\n");
                list.addAll(line.startsWith("text ") ? List.of(rest) : List.of(rest.split("\\|")));
            }
        }
        return cultures;
    }

    static List<String> lines(String resource) {
        try (InputStream in = Culture.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String pick(String list) {
        List<String> choices = lists.get(list);
        return choices.get(draw.below(choices.size()));
    }

    private boolean library() {
        return faker != null && draw.below(2) == 0;
    }

    String sentence() {
        return pick("text");
    }

    Drawn given() {
        return Drawn.of(library() ? faker.name().firstName() : pick("given"));
    }

    Drawn family() {
        return Drawn.of(library() ? faker.name().lastName() : pick("family"));
    }

    Drawn name() {
        String given = given().value();
        String family = family().value();
        String name = pick("name").replace("{given}", given).replaceFirst("\\{family}", family);
        String second = pick("family");
        return Drawn.parts(name.replace("{family}", second), given, family);
    }

    String street() {
        return library() ? faker.address().streetAddress().replace(",", "") : draw.pattern(pick("street"));
    }

    String city() {
        return library() ? faker.address().city() : pick("city");
    }

    String postcode() {
        return draw.pattern(pick("postcode"));
    }

    Drawn address() {
        String street = street();
        String city = city();
        String postcode = postcode();
        String line = draw.pattern(pick("line"))
                .replace("{street}", street)
                .replace("{city}", city)
                .replace("{postcode}", postcode);
        line = lists.containsKey("region") ? line.replace("{region}", pick("region")) : line;
        return line.contains(postcode) ? Drawn.parts(line, street, city, postcode) : Drawn.parts(line, street, city);
    }

    String phone() {
        return draw.pattern(pick("phone"));
    }

    @Override
    public String toString() {
        return tag;
    }
}
