package dev.retake.privacy.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every word and phrase of the rule packs, and what a field name made of them means. A rule holds for a name that ends
 * with one of its phrases: {@code customerEmail} is an e-mail, {@code emailCount} is not. Immutable.
 */
final class Lexicon {
    private static final int LONGEST_PHRASE = 4;
    private static final int SHORTEST_PART = 3;

    /** The topic of objects that only wrap others: {@code data}, {@code items}. */
    private static final String ENVELOPE = "envelope";

    /** The topic of fields that name things for sale: {@code product}, {@code itemTitle}. */
    private static final String WARE = "ware";

    private final Map<String, Long> topics;
    private final Map<String, List<PackRule>> phrases;
    private final List<PackRule> everyName;
    private final Set<String> generic;
    private final Set<String> noise;
    private final Set<String> vocabulary;
    private final Map<String, Long> company;
    private final long ware;

    private Lexicon(
            Map<String, Long> topics,
            Map<String, Long> company,
            long ware,
            Map<String, List<PackRule>> phrases,
            List<PackRule> everyName,
            Set<String> generic,
            Set<String> noise) {
        this.topics = topics;
        this.company = company;
        this.ware = ware;
        this.phrases = phrases;
        this.everyName = everyName;
        this.generic = generic;
        this.noise = noise;
        this.vocabulary = new HashSet<>(topics.keySet());
        phrases.keySet().stream().filter(phrase -> phrase.indexOf(' ') < 0).forEach(vocabulary::add);
        vocabulary.addAll(noise);
    }

    /** Puts packs together; the rules of earlier ones are asked first. */
    static Lexicon of(List<RulePack> packs) {
        Map<String, Integer> topicBits = new LinkedHashMap<>();
        Map<String, Long> topicWords = new HashMap<>();
        Map<String, Integer> companyBits = new LinkedHashMap<>();
        Map<String, Long> companyWords = new HashMap<>();
        Set<String> generic = new HashSet<>();
        Set<String> noise = new HashSet<>();
        for (RulePack pack : packs) {
            generic.addAll(pack.generic());
            noise.addAll(pack.noise());
            pack.topics().forEach((topic, words) -> {
                long bit = 1L << topicBits.computeIfAbsent(topic, t -> topicBits.size());
                words.forEach(word -> topicWords.merge(joined(word), bit, (a, b) -> a | b));
            });
            pack.company().forEach((kind, words) -> {
                long bit = 1L << companyBits.computeIfAbsent(kind, k -> companyBits.size());
                words.forEach(word -> companyWords.merge(joined(word), bit, (a, b) -> a | b));
            });
        }
        if (Math.max(topicBits.size(), companyBits.size()) > Long.SIZE) {
            throw new IllegalArgumentException("the packs have " + topicBits.size() + " topics and "
                    + companyBits.size() + " kinds of company; 64 are allowed of each");
        }
        long envelope = topicBits.containsKey(ENVELOPE) ? 1L << topicBits.get(ENVELOPE) : 0;
        Map<String, List<PackRule>> phrases = new HashMap<>();
        List<PackRule> everyName = new ArrayList<>();
        for (RulePack pack : packs) {
            for (RulePack.Entry entry : pack.entries()) {
                PackRule rule = new PackRule(
                        entry.rule(),
                        entry.places(),
                        bits(entry.with(), topicBits),
                        bits(entry.without(), topicBits),
                        bits(entry.in(), topicBits),
                        bits(entry.beside(), companyBits),
                        bits(entry.apart(), companyBits),
                        envelope);
                for (String phrase : entry.words()) {
                    if (phrase.equals("*")) {
                        everyName.add(rule);
                        continue;
                    }
                    String spaced = String.join(" ", NameWords.of(phrase));
                    add(phrases, spaced, rule);
                    if (spaced.indexOf(' ') >= 0) {
                        add(phrases, spaced.replace(" ", ""), rule);
                    }
                }
            }
        }
        long ware = topicBits.containsKey(WARE) ? 1L << topicBits.get(WARE) : 0;
        return new Lexicon(topicWords, companyWords, ware, phrases, everyName, generic, noise);
    }

    /** Whether a field with this name names a thing for sale. */
    boolean isWare(ResolvedName name) {
        return (name.topics() & ware) != 0;
    }

    /** What {@code name} means. */
    ResolvedName resolve(String name) {
        List<String> words = new ArrayList<>();
        NameWords.of(name).forEach(word -> segment(word, words));
        long topic = 0;
        for (int i = words.size() - 1; i >= 0 && topic == 0; i--) {
            topic = topic(words.get(i));
        }
        List<ResolvedName.Candidate> candidates = new ArrayList<>();
        int end = words.size();
        while (end > 0) {
            collect(words, end, candidates);
            if (!isNoise(words.get(end - 1))) {
                break;
            }
            end--;
        }
        everyName.forEach(
                rule -> candidates.add(new ResolvedName.Candidate(rule, -1, false, topicBefore(words, words.size()))));
        boolean repeats = candidates.size() == everyName.size()
                && (words.isEmpty() || words.stream().allMatch(word -> generic.contains(word) || isNoise(word)));
        return new ResolvedName(List.copyOf(candidates), topic, repeats, company(words));
    }

    /** What the last words of a name tell of the fields beside it, numbers and words like them left out. */
    private long company(List<String> words) {
        int end = words.size();
        while (end > 1 && isNoise(words.get(end - 1)) && !company.containsKey(words.get(end - 1))) {
            end--;
        }
        long told = 0;
        for (int length = 1; length <= Math.min(LONGEST_PHRASE, end) && told == 0; length++) {
            told = company.getOrDefault(String.join("", words.subList(end - length, end)), 0L);
        }
        return told;
    }

    private void collect(List<String> words, int end, List<ResolvedName.Candidate> into) {
        for (int length = Math.min(LONGEST_PHRASE, end); length > 0; length--) {
            int from = end - length;
            List<PackRule> rules = rulesFor(String.join(" ", words.subList(from, end)));
            long before = rules == null ? 0 : topicBefore(words, from);
            if (rules != null) {
                rules.forEach(rule -> into.add(new ResolvedName.Candidate(rule, from << 16 | end, from == 0, before)));
            }
        }
    }

    private @Nullable List<PackRule> rulesFor(String phrase) {
        List<PackRule> rules = phrases.get(phrase);
        if (rules == null) {
            String singular = singular(phrase);
            rules = singular == null ? null : phrases.get(singular);
        }
        return rules;
    }

    private long topicBefore(List<String> words, int end) {
        for (int i = end - 1; i >= 0; i--) {
            long topic = topic(words.get(i));
            if (topic != 0) {
                return topic;
            }
        }
        return 0;
    }

    private long topic(String word) {
        Long topic = topics.get(word);
        if (topic == null) {
            String singular = singular(word);
            topic = singular == null ? null : topics.get(singular);
        }
        return topic == null ? 0 : topic;
    }

    private boolean isNoise(String word) {
        return noise.contains(word) || Character.isDigit(word.charAt(0));
    }

    /** Names in one run of small letters ({@code customeremail}) are parted where all parts are known words. */
    private void segment(String word, List<String> into) {
        if (!isKnown(word) && word.length() >= 2 * SHORTEST_PART && word.length() <= 40) {
            List<String> parts = parts(word, 3);
            if (parts != null) {
                into.addAll(parts);
                return;
            }
        }
        into.add(word);
    }

    private @Nullable List<String> parts(String word, int most) {
        for (int cut = word.length() - SHORTEST_PART; cut >= SHORTEST_PART && most > 1; cut--) {
            String head = word.substring(0, cut);
            if (!isKnown(head)) {
                continue;
            }
            String tail = word.substring(cut);
            if (isKnown(tail)) {
                return List.of(head, tail);
            }
            List<String> rest = parts(tail, most - 1);
            if (rest != null) {
                List<String> all = new ArrayList<>(List.of(head));
                all.addAll(rest);
                return all;
            }
        }
        return null;
    }

    private boolean isKnown(String word) {
        if (vocabulary.contains(word)) {
            return true;
        }
        String singular = singular(word);
        return singular != null && vocabulary.contains(singular);
    }

    private static @Nullable String singular(String word) {
        if (word.length() < 4 || !word.endsWith("s") || word.endsWith("ss")) {
            return null;
        }
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("sses") || word.endsWith("xes")
                ? word.substring(0, word.length() - 2)
                : word.substring(0, word.length() - 1);
    }

    private static String joined(String phrase) {
        return String.join("", NameWords.of(phrase));
    }

    private static long bits(List<String> topics, Map<String, Integer> topicBits) {
        long bits = 0;
        for (String topic : topics) {
            Integer bit = topicBits.get(topic);
            if (bit == null) {
                throw new IllegalArgumentException("topic " + topic + " is in no pack");
            }
            bits |= 1L << bit;
        }
        return bits;
    }

    private static void add(Map<String, List<PackRule>> phrases, String phrase, PackRule rule) {
        phrases.computeIfAbsent(phrase, p -> new ArrayList<>()).add(rule);
    }
}
