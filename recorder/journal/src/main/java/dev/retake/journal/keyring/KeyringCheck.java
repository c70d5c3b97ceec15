package dev.retake.journal.keyring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Checks the keyring's files without opening a key. */
public final class KeyringCheck {
    private KeyringCheck() {}

    /** What is wrong, as the rest of a sentence, by name of file. */
    public static Map<String, String> damage(Path directory) throws IOException {
        Map<String, String> damage = new TreeMap<>();
        for (Path file : KeyringFiles.days(directory).values()) {
            try {
                check(file, damage);
            } catch (NoSuchFileException e) {
                damage.remove(file.getFileName().toString()); // its day has just expired
            }
        }
        return damage;
    }

    private static void check(Path file, Map<String, String> damage) throws IOException {
        int blocks = (int) ((Files.size(file) + KeyBlock.BYTES - 1) / KeyBlock.BYTES);
        for (int index = 0; index < blocks; index++) {
            String what = KeyBlock.damage(KeyringReader.read(file, index));
            if (what != null) {
                damage.put(file.getFileName().toString(), what + " " + index);
                return;
            }
        }
    }
}
