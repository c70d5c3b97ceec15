package dev.retake.privacy.rule;

import java.text.Normalizer;

/**
 * Latin letters without their accents, as people write field names where only ASCII is safe: {@code prénom} is
 * {@code prenom}, {@code doğum_tarihi} is {@code dogum_tarihi}. Other scripts stay.
 */
final class Spelling {
    private static final int LAST_LATIN = 0x24f;

    private Spelling() {}

    static CharSequence plain(CharSequence written) {
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) >= 0x80) {
                return folded(written);
            }
        }
        return written;
    }

    private static String folded(CharSequence written) {
        StringBuilder plain = new StringBuilder(written.length());
        String composed = Normalizer.normalize(written, Normalizer.Form.NFC);
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            switch (c) {
                case 'ß' -> plain.append("ss");
                case 'æ', 'Æ' -> plain.append("ae");
                case 'œ', 'Œ' -> plain.append("oe");
                case 'ø', 'Ø' -> plain.append('o');
                case 'ł', 'Ł' -> plain.append('l');
                case 'đ', 'Đ', 'ð', 'Ð' -> plain.append('d');
                case 'ı' -> plain.append('i');
                case 'þ', 'Þ' -> plain.append("th");
                default -> {
                    boolean latin = c >= 0x80 && c <= LAST_LATIN || c >= 0x1e00 && c <= 0x1eff;
                    plain.append(
                            latin
                                    ? Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD)
                                            .charAt(0)
                                    : c);
                }
            }
        }
        return plain.toString();
    }
}
