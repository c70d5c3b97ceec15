package dev.retake.verdict.cluster;

import dev.retake.common.exchange.PathTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names the operations of a run. Segments that look like ids are told one by one; segments that vary while their
 * neighbours do not, and whose answers are of one form, are ids as well, whatever they look like.
 */
public final class OperationNames {
    private static final int SLUGS = 2;
    private static final int WORDS = 4;
    private static final int FORMLESS = 12;

    private final Map<String, String> templates = new HashMap<>();

    private OperationNames() {}

    /**
     * What is known of one path of the recording.
     *
     * @param form what the answers look like, such as the names of their fields; starts with {@code type} where only
     *     the media type is known
     */
    public record Seen(String path, String form) {}

    /** Names for all paths of a recording. */
    public static OperationNames of(Collection<Seen> all) {
        OperationNames names = new OperationNames();
        Map<String, String[]> segments = new TreeMap<>();
        Map<String, Set<String>> forms = new HashMap<>();
        int longest = 0;
        for (Seen seen : all) {
            String[] parts = segments.computeIfAbsent(
                    seen.path(), path -> PathTemplate.of(path).split("/", -1));
            forms.computeIfAbsent(seen.path(), path -> new TreeSet<>()).add(seen.form());
            longest = Math.max(longest, parts.length);
        }
        for (int position = 1; position < longest; position++) {
            generalize(position, segments, forms);
        }
        segments.forEach((path, parts) -> names.templates.put(path, String.join("/", parts)));
        return names;
    }

    /** The operation of a request. */
    public String name(String method, String path) {
        String template = templates.get(path);
        return method + " " + (template == null ? PathTemplate.of(path) : template);
    }

    private static void generalize(int position, Map<String, String[]> segments, Map<String, Set<String>> forms) {
        Map<String, List<String>> neighbours = new TreeMap<>();
        segments.forEach((path, parts) -> {
            if (parts.length > position && !parts[position].isEmpty() && !parts[position].equals(PathTemplate.ID)) {
                String[] around = parts.clone();
                around[position] = "";
                for (String form : forms.getOrDefault(path, Set.of())) {
                    neighbours
                            .computeIfAbsent(String.join("/", around) + "\n" + form, key -> new ArrayList<>())
                            .add(path);
                }
            }
        });
        Set<String> ids = new TreeSet<>();
        Set<String> besideIds = besideIds(position, segments, forms);
        neighbours.forEach((key, paths) -> {
            boolean refused = key.substring(key.indexOf('\n') + 1).startsWith("type 4");
            for (String path : paths) {
                // What is not there is asked for where things are; what is, is like the things beside it.
                String segment = segments.getOrDefault(path, new String[0])[position];
                if (besideIds.contains(refused ? key.substring(0, key.indexOf('\n')) : key)
                        && (refused || isSlug(segment) || !segment.equals(segment.toLowerCase(Locale.ROOT)))) {
                    ids.add(path);
                }
            }
            Set<String> values = new TreeSet<>();
            paths.forEach(path -> values.add(segments.getOrDefault(path, new String[0])[position]));
            boolean formless = key.substring(key.indexOf('\n') + 1).startsWith("type");
            long slugs = values.stream().filter(OperationNames::isSlug).count();
            boolean vary = formless ? values.size() >= FORMLESS : slugs >= SLUGS || values.size() >= WORDS;
            if (vary) {
                boolean onlySlugs = !formless && values.size() - slugs < WORDS && slugs >= SLUGS;
                paths.stream()
                        .filter(path -> !onlySlugs || isSlug(segments.getOrDefault(path, new String[0])[position]))
                        .forEach(ids::add);
            }
        });
        for (String path : ids) {
            segments.computeIfPresent(path, (key, parts) -> {
                String[] general = parts.clone();
                general[position] = PathTemplate.ID;
                return general;
            });
        }
    }

    /** Surroundings, alone and with the form of the answers, in which an id stands at {@code position}. */
    private static Set<String> besideIds(int position, Map<String, String[]> segments, Map<String, Set<String>> forms) {
        Set<String> found = new HashSet<>();
        segments.forEach((path, parts) -> {
            if (parts.length > position && parts[position].equals(PathTemplate.ID)) {
                String[] around = parts.clone();
                around[position] = "";
                String joined = String.join("/", around);
                found.add(joined);
                forms.getOrDefault(path, Set.of()).stream()
                        .filter(form -> !form.startsWith("type"))
                        .forEach(form -> found.add(joined + "\n" + form));
            }
        });
        return found;
    }

    /** A name that was made of a title rather than chosen for a resource. */
    private static boolean isSlug(String segment) {
        return segment.chars().anyMatch(c -> c == '-' || c == '_' || c == '.' || c == '%' || Character.isDigit(c));
    }
}
