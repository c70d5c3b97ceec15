package dev.retake.privacy.detect.words;

import java.nio.charset.StandardCharsets;

/**
 * Words with bits that say what each is, asked by the bytes of a text without making a string. A word is known by 64
 * bits of its hash: that a foreign word is taken for one is as likely as guessing it. Case and the common accents of
 * Latin letters make no difference. Immutable after it is filled; then thread-safe.
 */
public final class WordTable {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    /** What stands for {@code U+00C0} to {@code U+017F} without its accent; 0 keeps the letter. */
    private static final byte[] PLAIN = new byte[0x180 - 0xC0];

    static {
        String[] families = {
            "aÀÁÂÃÄÅàáâãäåĀāĂăĄą",
            "cÇçĆćĈĉĊċČč",
            "dĎďĐđðÐ",
            "eÈÉÊËèéêëĒēĔĕĖėĘęĚě",
            "gĜĝĞğĠġĢģ",
            "hĤĥĦħ",
            "iÌÍÎÏìíîïĨĩĪīĬĭĮįİı",
            "jĴĵ",
            "kĶķ",
            "lĹĺĻļĽľĿŀŁł",
            "nÑñŃńŅņŇň",
            "oÒÓÔÕÖØòóôõöøŌōŎŏŐő",
            "rŔŕŖŗŘř",
            "sŚśŜŝŞşŠš",
            "tŢţŤťŦŧ",
            "uÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų",
            "wŴŵ",
            "yÝýÿŶŷŸ",
            "zŹźŻżŽž"
        };
        for (String family : families) {
            for (int k = 1; k < family.length(); k++) {
                PLAIN[family.charAt(k) - 0xC0] = (byte) family.charAt(0);
            }
        }
    }

    private final long[] keys;
    private final int[] bits;
    private final int mask;

    /** A table for at most {@code most} words. */
    public WordTable(int most) {
        int size = Integer.highestOneBit(Math.max(8, most)) * 4;
        keys = new long[size];
        bits = new int[size];
        mask = size - 1;
    }

    /** Adds {@code more} bits to each of {@code words}, which are parted by white space. */
    public WordTable add(int more, String words) {
        for (String word : words.trim().split("\\s+")) {
            addPhrase(more, word);
        }
        return this;
    }

    /** The same for a phrase with its white space as it stands. */
    public void addPhrase(int more, String phrase) {
        byte[] bytes = phrase.getBytes(StandardCharsets.UTF_8);
        long hash = hash(bytes, 0, bytes.length);
        int slot = slot(hash);
        keys[slot] = hash;
        bits[slot] |= more;
    }

    /** The bits of the word {@code text[from, to)} in UTF-8; 0 for one that is not here. */
    public int bits(byte[] text, int from, int to) {
        return bits(hash(text, from, to));
    }

    /** The bits of the word with this {@link #hash}. */
    public int bits(long hash) {
        return bits[slot(hash)];
    }

    /** The hash of a word, its case and accents passed over; never 0. */
    public static long hash(byte[] text, int from, int to) {
        long hash = 0;
        for (int k = from; k < to; k++) {
            int b = text[k];
            if (b >= 'A' && b <= 'Z') {
                b += 32;
            } else if (b < 0 && b >= (byte) 0xC3 && b <= (byte) 0xC5 && k + 1 < to) {
                int letter = (b & 0x1F) << 6 | text[k + 1] & 0x3F;
                int plain = PLAIN[letter - 0xC0];
                if (letter == 0xDF) {
                    hash = mix(hash, 's');
                    plain = 's';
                }
                if (plain != 0) {
                    b = plain;
                    k++;
                }
            } else if (b == (byte) 0xC6 && k + 1 < to && (text[k + 1] & 0xFE) == 0xA0) {
                b = 'o';
                k++;
            } else if (b == (byte) 0xC6 && k + 1 < to && (text[k + 1] == (byte) 0xAF || text[k + 1] == (byte) 0xB0)) {
                b = 'u';
                k++;
            } else if (b == (byte) 0xE1 && k + 2 < to && (text[k + 1] & 0xFE) == 0xBA) {
                int letter = (text[k + 1] & 1) << 6 | text[k + 2] & 0x3F;
                int plain = vietnamese(letter);
                if (plain != 0) {
                    b = plain;
                    k += 2;
                }
            } else if (b == (byte) 0xCC || b == (byte) 0xCD && k + 1 < to && text[k + 1] < (byte) 0xB0) {
                k++;
                continue;
            } else if (b == (byte) 0xD0 && k + 1 < to && text[k + 1] >= (byte) 0x90 && text[k + 1] <= (byte) 0xAF) {
                int small = 0x400 + (text[k + 1] & 0x3F) + 32;
                hash = mix(hash, (byte) (0xC0 | small >> 6));
                b = (byte) (0x80 | small & 0x3F);
                k++;
            } else if (b == (byte) 0xD0 && k + 1 < to && text[k + 1] < (byte) 0x90) {
                hash = mix(hash, (byte) 0xD1);
                b = text[k + 1] + 0x10;
                k++;
            } else if (b == (byte) 0xCE && k + 1 < to && text[k + 1] > (byte) 0x90 && text[k + 1] < (byte) 0xAA) {
                boolean late = text[k + 1] >= (byte) 0xA0;
                hash = mix(hash, late ? (byte) 0xCF : (byte) 0xCE);
                b = text[k + 1] + (late ? -0x20 : 0x20);
                k++;
            }
            hash = mix(hash, b);
        }
        return hash == 0 ? 1 : hash;
    }

    /** What stands for {@code U+1E80 + letter} without its accents, 0 for what is no Vietnamese letter. */
    private static int vietnamese(int letter) {
        if (letter < 0x20 || letter > 0x79) {
            return 0;
        }
        if (letter <= 0x37) {
            return 'a';
        }
        if (letter <= 0x47) {
            return 'e';
        }
        if (letter <= 0x4B) {
            return 'i';
        }
        return letter <= 0x63 ? 'o' : letter <= 0x71 ? 'u' : 'y';
    }

    private static long mix(long hash, int b) {
        return ((hash ^ hash >>> 29) + b) * PRIME;
    }

    private int slot(long hash) {
        int slot = (int) (hash >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
