package dev.retake.privacy.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word at the end of a field's name that says that its value is secret: {@code db_password}, {@code X-Api-Key}. Case,
 * hyphens and underscores make no difference.
 *
 * @param text the word in small letters
 * @param dataClass of the value
 * @param whole whether it must be the whole name: {@code sid} is a session, {@code reside} is not
 * @param least fewest characters of a value that is believed
 */
record TellingName(String text, DataClass dataClass, boolean whole, int least) {
    private static final int WINDOWS = 16;

    private static final List<TellingName> ALL = new ArrayList<>();

    static {
        add(DataClass.PASSWORD, false, 3, "password passwd passphrase passwort kennwort contrasena motdepasse senha");
        add(DataClass.PASSWORD, false, 3, "wachtwoord parola haslo");
        add(DataClass.PASSWORD, true, 3, "pwd pass dbpass mysqlpwd pgpassword sshpass userpass");
        add(DataClass.SECRET, false, 8, "secret token apikey accesskey secretkey privatekey accountkey");
        add(DataClass.SECRET, false, 8, "sharedaccesskey signature sessionid jsessionid phpsessid credential");
        add(DataClass.SECRET, false, 8, "authkey encryptionkey signingkey masterkey servicekey appkey storagekey");
        add(DataClass.SECRET, false, 8, "subscriptionkey consumerkey licensekey webhookkey clientkey functionkey");
        add(DataClass.SECRET, true, 8, "sid sig");
    }

    private static void add(DataClass dataClass, boolean whole, int least, String texts) {
        for (String text : texts.split(" ")) {
            ALL.add(new TellingName(text, dataClass, whole, least));
        }
    }

    /** Windows over the last three characters of each name. */
    static List<String[]> triggers() {
        Windows windows = new Windows(WINDOWS);
        for (TellingName name : ALL) {
            int length = name.text.length();
            windows.add(
                    both(name.text.charAt(length - 3)),
                    both(name.text.charAt(length - 2)),
                    both(name.text.charAt(length - 1)));
        }
        windows.add("_-", "iI", "dD");
        return windows.all();
    }

    /** The name that {@code text[start, end)} ends with, the longest where there are several. */
    static @Nullable TellingName of(byte[] text, int start, int end) {
        TellingName longest = null;
        for (TellingName name : ALL) {
            if ((longest == null || longest.text.length() < name.text.length()) && name.ends(text, start, end)) {
                longest = name;
            }
        }
        return longest;
    }

    private boolean ends(byte[] text, int start, int end) {
        int at = end;
        for (int k = this.text.length() - 1; k >= 0; k--) {
            do {
                at--;
            } while (at >= start && (text[at] == '_' || text[at] == '-'));
            if (at < start || (text[at] | 0x20) != this.text.charAt(k)) {
                return false;
            }
        }
        return !whole || at == start || isHump(text[at - 1], text[at]);
    }

    /** Whether a word begins at {@code at}: nothing of a word stands before, or a small letter before a capital. */
    private static boolean isHump(byte before, byte at) {
        return !Bytes.isAlphanumeric(before) || (before >= 'a' && at >= 'A' && at <= 'Z');
    }

    private static String both(char letter) {
        return "" + letter + Character.toUpperCase(letter);
    }
}
