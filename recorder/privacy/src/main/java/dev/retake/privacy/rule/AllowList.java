package dev.retake.privacy.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that packs allow, by where they are ({@code body:/items/sku}) or by their name alone ({@code page}). It is
 * asked after rules and detectors, so that an allowed field still has its e-mail addresses replaced. Immutable.
 */
final class AllowList {
    /**
     * One entry of a pack.
     *
     * @param field where the field is; {@code *} stands for one name; null where {@code names} say which it is
     * @param names of fields, in any style, wherever they are
     */
    record Entry(@Nullable String field, List<String> names, Allowance allowance) {}

    private record Pattern(List<String> segments, Allowance allowance) {}

    private final Map<String, Allowance> byLocation = new HashMap<>();
    private final Map<String, Allowance> byName = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    AllowList(List<RulePack> packs) {
        for (RulePack pack : packs) {
            for (Entry entry : pack.allowed()) {
                String field = entry.field();
                if (field == null) {
                    entry.names().forEach(name -> byName.putIfAbsent(plain(name), entry.allowance()));
                } else if (field.contains("*")) {
                    patterns.add(new Pattern(List.of(field.split("/", -1)), entry.allowance()));
                } else {
                    byLocation.putIfAbsent(field, entry.allowance());
                }
            }
        }
    }

    /**
     * What is allowed of a field.
     *
     * @param location as {@code body:/items/sku}
     * @param name its own name alone
     */
    Allowance of(String location, String name) {
        Allowance exact = byLocation.get(location);
        if (exact != null) {
            return exact;
        }
        if (!patterns.isEmpty()) {
            List<String> segments = List.of(location.split("/", -1));
            for (Pattern pattern : patterns) {
                if (fits(pattern.segments, segments)) {
                    return pattern.allowance;
                }
            }
        }
        Allowance named = byName.get(plain(name));
        return named == null ? Allowance.NOTHING : named;
    }

    private static boolean fits(List<String> pattern, List<String> segments) {
        boolean fits = pattern.size() == segments.size();
        for (int i = 0; fits && i < pattern.size(); i++) {
            int colon = pattern.get(i).indexOf(":*");
            fits = pattern.get(i).equals("*")
                    || pattern.get(i).equals(segments.get(i))
                    || i == 0
                            && colon > 0
                            && segments.get(i).startsWith(pattern.get(i).substring(0, colon + 1));
        }
        return fits;
    }

    private static String plain(String name) {
        return String.join("", NameWords.of(name));
    }
}
