package dev.retake.privacy.document;

import dev.retake.common.exchange.MediaType.Family;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.value.FormWalker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** Tells by its bytes what a document is, where its type is missing or lies. */
final class Sniffer {
    private static final int FEW_CONTROLS = 2;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long SPACES = 0x2020202020202020L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int LOOKED_AT = 64 * 1024;
    private static final List<int[]> MAGIC = List.of(
            new int[] {0x1f, 0x8b},
            new int[] {0x28, 0xb5, 0x2f, 0xfd},
            new int[] {'P', 'K', 3, 4},
            new int[] {'%', 'P', 'D', 'F', '-'},
            new int[] {0x89, 'P', 'N', 'G'},
            new int[] {'G', 'I', 'F', '8'},
            new int[] {0xff, 0xd8, 0xff},
            new int[] {'R', 'I', 'F', 'F'},
            new int[] {0x7f, 'E', 'L', 'F'},
            new int[] {0, 'a', 's', 'm'});

    private Sniffer() {}

    /** What textual content is by how it begins. */
    static Family family(byte[] source, int from, int to) {
        int start = from;
        while (start < to && Utf8.isSpace(source[start])) {
            start++;
        }
        if (start == to) {
            return Family.TEXT;
        }
        if (source[start] == '{' || source[start] == '[') {
            return Family.JSON;
        }
        if (MarkupWalker.looksLikeMarkup(source, start, to)) {
            return Family.XML;
        }
        return FormWalker.looksLikeForm(source, start, to) ? Family.FORM : Family.TEXT;
    }

    /** Whether the bytes are text in UTF-8, apart from a character that a cut has halved. */
    static boolean isText(byte[] source, int from, int to) {
        if (isMagic(source, from, to)) {
            return false;
        }
        int end = to;
        while (end > from && to - end < 3 && source[end - 1] < 0) {
            end--;
        }
        int checked = Math.min(end, from + LOOKED_AT);
        while (checked > from && checked < end && (source[checked] & 0xc0) == 0x80) {
            checked--;
        }
        return Utf8.isText(source, from, checked) && isLegible(source, checked, to);
    }

    /**
     * Whether the bytes may be text of some encoding that keeps ASCII, as a declared type has it: a few control
     * characters are an oddity, many are another format.
     */
    static boolean isLegible(byte[] source, int from, int to) {
        if (isMagic(source, from, to)) {
            return false;
        }
        int controls = 0;
        for (int i = from; i < to; i++) {
            while (to - i >= 4 * Long.BYTES && !mayHoldControl(source, i)) {
                i += 4 * Long.BYTES;
            }
            while (to - i >= Long.BYTES && (controls(source, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
            }
            if (i == to) {
                break;
            }
            byte b = source[i];
            if (b >= 0 && b < ' ' && !Utf8.isSpace(b) && b != 0x1e && b != 0x1b && b != '\b') {
                controls++;
            }
        }
        return controls <= Math.max(FEW_CONTROLS, (to - from) / 50);
    }

    /** Whether one of 32 bytes is below {@code ' '}, or one is beyond ASCII, which borrows from its neighbour. */
    private static boolean mayHoldControl(byte[] source, int at) {
        long found = controls(source, at)
                | controls(source, at + Long.BYTES)
                | controls(source, at + 2 * Long.BYTES)
                | controls(source, at + 3 * Long.BYTES);
        return (found & HIGH_BITS) != 0;
    }

    private static long controls(byte[] source, int at) {
        long eight = (long) LONGS.get(source, at);
        return eight - SPACES & ~eight;
    }

    private static boolean isMagic(byte[] source, int from, int to) {
        for (int[] magic : MAGIC) {
            boolean begins = to - from >= magic.length;
            for (int i = 0; begins && i < magic.length; i++) {
                begins = (source[from + i] & 0xff) == magic[i];
            }
            if (begins) {
                return true;
            }
        }
        return false;
    }
}
