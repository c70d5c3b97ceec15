package dev.retake.privacy.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers many texts of three characters into few windows of three sets each, so that few bits watch for all of them. A
 * window also lets through what mixes its texts: each goes to where that adds least.
 */
final class Windows {
    private final List<String[]> groups = new ArrayList<>();
    private final int most;

    Windows(int most) {
        this.most = most;
    }

    /** Adds a text of three characters, each given as the set of those that may stand there. */
    void add(String before, String at, String after) {
        String[] added = {before, at, after};
        int cheapest = -1;
        int least = groups.size() < most ? size(added) : Integer.MAX_VALUE;
        for (int g = 0; g < groups.size(); g++) {
            int cost = size(union(groups.get(g), added)) - size(groups.get(g));
            if (cost < least) {
                least = cost;
                cheapest = g;
            }
        }
        if (cheapest < 0) {
            groups.add(added);
        } else {
            groups.set(cheapest, union(groups.get(cheapest), added));
        }
    }

    /** The windows: for each the bytes before, at and after the place. */
    List<String[]> all() {
        return List.copyOf(groups);
    }

    private static int size(String[] window) {
        return window[0].length() * window[1].length() * window[2].length();
    }

    private static String[] union(String[] one, String[] other) {
        String[] both = new String[3];
        for (int k = 0; k < 3; k++) {
            StringBuilder set = new StringBuilder(one[k]);
            for (int c = 0; c < other[k].length(); c++) {
                if (one[k].indexOf(other[k].charAt(c)) < 0) {
                    set.append(other[k].charAt(c));
                }
            }
            both[k] = set.toString();
        }
        return both;
    }
}
