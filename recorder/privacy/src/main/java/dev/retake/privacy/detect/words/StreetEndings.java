package dev.retake.privacy.detect.words;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What compound names of streets end with: {@code Lindenallee}, {@code Prinsengracht}, {@code Storgatan}. */
public final class StreetEndings {
    /** Fewest bytes before an ending. */
    private static final int STEM = 3;

    /** The same before one that ends other words as well. */
    private static final int LONGER_STEM = 5;

    private static final Set<String> COMMON = Set.of("tie", "berg", "ring", "markt");
    private static final Set<String> SHORTENED = Set.of("str");

    /** By their last byte, the most specific first. */
    private static final Ending[][] ENDINGS = new Ending[256][];

    static {
        String known = "straße strasse str weg platz allee gasse ring damm ufer chaussee straat laan plein gracht kade "
                + "singel dijk dreef baan boulevard steeg gränd torget stigen backen stræde vænget torvet kuja "
                + "polku gatan vägen vegen veien vej gade katu tie steig stieg graben kai berg markt steenweg stien "
                + "gata";
        List<List<Ending>> byLast = new ArrayList<>();
        for (int i = 0; i < ENDINGS.length; i++) {
            byLast.add(new ArrayList<>());
        }
        for (String text : known.split(" ")) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byLast.get(bytes[bytes.length - 1] & 0xff)
                    .add(new Ending(bytes, COMMON.contains(text), SHORTENED.contains(text)));
        }
        for (int i = 0; i < ENDINGS.length; i++) {
            ENDINGS[i] = byLast.get(i).toArray(Ending[]::new);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ending(byte[] bytes, boolean common, boolean shortened) {}

    private StreetEndings() {}

    /**
     * Whether the word {@code text[from, to)} in UTF-8 ends so.
     *
     * @param stopped a full stop follows, so that only a shortened ending counts
     */
    public static boolean end(byte[] text, int from, int to, boolean stopped) {
        for (Ending ending : ENDINGS[text[to - 1] & 0xff]) {
            int start = to - ending.bytes.length;
            if (start - from < STEM || stopped && !ending.shortened) {
                continue;
            }
            if (isAt(ending.bytes, text, start)) {
                return !ending.common || start - from >= LONGER_STEM;
            }
        }
        return false;
    }

    /** Behind a hyphen an ending has a capital: {@code Karl-Marx-Allee}. */
    private static boolean isAt(byte[] ending, byte[] text, int start) {
        boolean parted = text[start - 1] == '-';
        for (int i = 0; i < ending.length; i++) {
            if (text[start + i] != (parted && i == 0 ? ending[i] - 32 : ending[i])) {
                return false;
            }
        }
        return true;
    }
}
