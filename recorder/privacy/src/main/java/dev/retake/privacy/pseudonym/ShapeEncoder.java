package dev.retake.privacy.pseudonym;

import dev.retake.privacy.pseudonym.SurrogateKeys.Purpose;

/** Replaces letters by letters of the same case and digits by digits, and keeps everything else. */
final class ShapeEncoder {
    private final SurrogateKeys keys;

    ShapeEncoder(SurrogateKeys keys) {
        this.keys = keys;
    }

    String encode(String label, String value) {
        byte[] noise = keys.hmac(Purpose.SHAPE, label + '\0' + value);
        StringBuilder out = new StringBuilder(value.length());
        int used = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int random = noise[used++ % noise.length] & 0xFF;
            if (c >= '0' && c <= '9') {
                out.append(out.isEmpty() && c != '0' ? (char) ('1' + random % 9) : (char) ('0' + random % 10));
            } else if (c >= 'a' && c <= 'z') {
                out.append((char) ('a' + random % 26));
            } else if (c >= 'A' && c <= 'Z') {
                out.append((char) ('A' + random % 26));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
