package dev.retake.cli.leak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Draws cases: class by place by encoding by split, so that every pair of them that makes sense is met, and with enough
 * cases every class in every place under every encoding. Each value is met once.
 */
public final class CaseMatrix {
    private final List<Cell> cells = new ArrayList<>();
    private final Set<String> values = new HashSet<>();
    private final Random random;
    private final Draw draw;

    /** Where one value may be planted. */
    private record Cell(PlantedClass planted, Place place, Encoding encoding, boolean inResponse) {
        List<Split> splits() {
            return place.inBody() || place.isMessage()
                    ? List.of(Split.values())
                    : List.of(Split.WHOLE, Split.BYTES, Split.SEVENS, Split.MIDDLE);
        }

        /** The pairs that it makes with {@code split}. */
        List<String> pairs(Split split) {
            String side = place + (inResponse ? "<" : ">");
            return List.of(
                    planted + " " + side,
                    planted + " " + encoding,
                    planted + " " + split,
                    side + " " + encoding,
                    side + " " + split,
                    encoding + " " + split);
        }
    }

    private CaseMatrix(long seed) {
        random = new Random(seed);
        draw = new Draw(seed);
        for (PlantedClass planted : PlantedClass.values()) {
            for (Place place : Place.values()) {
                if (place.admits(planted)) {
                    for (Encoding encoding : place.encodings()) {
                        if (place.inRequest()) {
                            cells.add(new Cell(planted, place, encoding, false));
                        }
                        if (place.inResponse()) {
                            cells.add(new Cell(planted, place, encoding, true));
                        }
                    }
                }
            }
        }
    }

    /**
     * At least {@code least} cases, more where the pairs need them, in rounds of at most {@code round}.
     *
     * @param seed of all that is drawn
     */
    public static List<List<LeakCase>> rounds(int least, int round, long seed) {
        CaseMatrix matrix = new CaseMatrix(seed);
        List<List<LeakCase>> rounds = new ArrayList<>();
        List<LeakCase> open = new ArrayList<>();
        for (Drawn drawn : matrix.drawn(least)) {
            if (open.size() == round) {
                rounds.add(open);
                open = new ArrayList<>();
            }
            open.add(matrix.filled(open.size(), drawn));
        }
        rounds.add(open);
        return rounds;
    }

    private record Drawn(Cell cell, Split split) {}

    private List<Drawn> drawn(int least) {
        List<Drawn> all = new ArrayList<>();
        Set<String> open = new HashSet<>();
        for (Cell cell : cells) {
            cell.splits().forEach(split -> open.addAll(cell.pairs(split)));
        }
        // One pass takes what still has pairs to offer, most first; the next takes all, so that triples are met too.
        for (int wanted = 6; wanted > 0; wanted--) {
            Collections.shuffle(cells, random);
            for (Cell cell : cells) {
                Split split = best(cell, open);
                if (gain(cell, split, open) >= wanted) {
                    open.removeAll(cell.pairs(split));
                    all.add(new Drawn(cell, split));
                }
            }
        }
        while (all.size() < least) {
            Collections.shuffle(cells, random);
            for (Cell cell : cells) {
                if (all.size() < least) {
                    List<Split> splits = cell.splits();
                    all.add(new Drawn(cell, splits.get(random.nextInt(splits.size()))));
                }
            }
        }
        return all;
    }

    private Split best(Cell cell, Set<String> open) {
        List<Split> splits = new ArrayList<>(cell.splits());
        Collections.shuffle(splits, random);
        Split best = splits.get(0);
        for (Split split : splits) {
            if (gain(cell, split, open) > gain(cell, best, open)) {
                best = split;
            }
        }
        return best;
    }

    private static int gain(Cell cell, Split split, Set<String> open) {
        return (int) cell.pairs(split).stream().filter(open::contains).count();
    }

    private LeakCase filled(int number, Drawn drawn) {
        Cell cell = drawn.cell();
        String value = cell.planted().next(draw);
        while (!Collections.disjoint(values, cell.planted().needles(value))) {
            value = cell.planted().next(draw);
        }
        if (cell.planted() == PlantedClass.BIRTH && cell.encoding().isBase64()) {
            // Base64 is searched for without the last bits of a value, and some surrogates of a date differ in these
            // only.
            value += "Z";
        }
        values.addAll(cell.planted().needles(value));
        boolean ownName = !cell.planted().byForm() || random.nextBoolean();
        return new LeakCase(
                number,
                cell.planted(),
                cell.place(),
                cell.encoding(),
                drawn.split(),
                cell.inResponse(),
                ownName,
                value);
    }
}
