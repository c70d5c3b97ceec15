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
 * @param kind how much it tells
 * @param whole whether it must be the whole name: {@code sid} is a session, {@code reside} is not
 * @param least fewest characters of a value that is believed
 */
record TellingName(String text, DataClass dataClass, Kind kind, boolean whole, int least) {
    /** How much a name tells of its value. */
    enum Kind {
        /** The value is secret. */
        TELLING,
        /** It is where it looks drawn at random. */
        OPAQUE,
        /** It is where it is long as well. */
        CODE
    }

    private static final int WINDOWS = 16;

    private static final List<TellingName> ALL = new ArrayList<>();

    static {
        add(DataClass.PASSWORD, Kind.TELLING, false, 3, """
                password passwd passphrase passwort kennwort contrasena motdepasse senha wachtwoord parola
                haslo losenord salasana adgangskode passord parole passcode userpwd dbpwd adminpwd
                """);
        add(
                DataClass.PASSWORD,
                Kind.TELLING,
                true,
                3,
                "pwd pass dbpass mysqlpwd sshpass userpass rootpass clave passw pswd psw");
        add(DataClass.SECRET, Kind.TELLING, false, 8, """
                secret token apikey accesskey secretkey privatekey accountkey sharedaccesskey signature sessionid
                jsessionid phpsessid credential credentials authkey encryptionkey signingkey masterkey servicekey appkey
                storagekey subscriptionkey consumerkey licensekey webhookkey clientkey functionkey tokens secrets csrf
                xsrf samlresponse samlrequest assertion codeverifier authcode authorizationcode clientassertion hmac
                requestverificationtoken bearer jwt aspsessionid sessid sessionkey apitoken accountsid keyid apisecret
                connectionkey primarykey sharedkey deploykey cryptkey hashkey sshkey serverkey writekey ingestkey
                integrationkey publickey sendkey hostkey rootkey vaultkey adminkey userkey devicekey activationkey
                productkey recoverykey webhook passkey authenticator
                """);
        add(DataClass.SECRET, Kind.TELLING, true, 8, "sid sig auth authorization csrfmiddlewaretoken saml");
        add(DataClass.SECRET, Kind.OPAQUE, true, 12, "session key apppassword hash cookie nonce salt");
        add(DataClass.SECRET, Kind.CODE, true, 16, "code state verifier policy grant ticket");
    }

    private static final TellingName[][] BY_LAST = byLast();

    private static TellingName[][] byLast() {
        TellingName[][] byLast = new TellingName[26][];
        for (int letter = 0; letter < byLast.length; letter++) {
            int last = 'a' + letter;
            byLast[letter] = ALL.stream()
                    .filter(name -> name.text.charAt(name.text.length() - 1) == last)
                    .toArray(TellingName[]::new);
        }
        return byLast;
    }

    private static void add(DataClass dataClass, Kind kind, boolean whole, int least, String texts) {
        for (String text : texts.trim().split("\\s+")) {
            ALL.add(new TellingName(text, dataClass, kind, whole, least));
        }
    }

    /** Windows over the last three characters of each name. */
    static List<String[]> triggers() {
        Windows windows = new Windows(WINDOWS);
        for (String[] text : texts()) {
            windows.add(text[0], text[1], text[2]);
        }
        windows.add("_-", "iI", "dD");
        return windows.all();
    }

    /** The last three characters of each name, in either case. */
    static List<String[]> texts() {
        List<String[]> texts = new ArrayList<>();
        for (TellingName name : ALL) {
            int length = name.text.length();
            texts.add(new String[] {
                both(name.text.charAt(length - 3)),
                both(name.text.charAt(length - 2)),
                both(name.text.charAt(length - 1))
            });
        }
        return texts;
    }

    /** The name that {@code text[start, end)} ends with, the longest where there are several. */
    static @Nullable TellingName of(byte[] text, int start, int end) {
        TellingName longest = null;
        int last = (text[end - 1] | 0x20) - 'a';
        if (last < 0 || last >= BY_LAST.length) {
            return null;
        }
        for (TellingName name : BY_LAST[last]) {
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
