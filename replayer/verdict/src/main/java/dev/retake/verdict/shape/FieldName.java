package dev.retake.verdict.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the name of a field says about its values, whatever the style of writing. Most of it is lists of words.
 *
 * @param words of the name, in lower case
 * @param joined the words without anything between them
 * @param lastWord the last of them, empty where there is none
 */
public record FieldName(List<String> words, String joined, String lastWord) {
    private static final int REMEMBERED = 4_096;
    private static final Map<String, FieldName> BY_NAME = new ConcurrentHashMap<>();

    private static final Set<String> ID_LAST = Set.of(
            "id",
            "ids",
            "uuid",
            "guid",
            "uid",
            "oid",
            "key",
            "token",
            "nonce",
            "hash",
            "etag",
            "cursor",
            "ref",
            "reference",
            "identifier",
            "urn",
            "uri",
            "url",
            "href",
            "link",
            "links",
            "location",
            "self",
            "next",
            "prev",
            "previous",
            "first",
            "last",
            "digest",
            "checksum",
            "fingerprint",
            "signature",
            "csrf",
            "jti",
            "sid",
            "session",
            "revision",
            "rev",
            "handle");
    private static final Set<String> STABLE_LAST = Set.of(
            "id", "ids", "uuid", "guid", "uid", "oid", "reference", "identifier", "urn", "handle", "href", "self");
    private static final Set<String> NUMBERED = Set.of(
            "order",
            "invoice",
            "ticket",
            "case",
            "booking",
            "tracking",
            "transaction",
            "receipt",
            "confirmation",
            "shipment",
            "payment",
            "reservation",
            "document",
            "batch",
            "customer",
            "account",
            "reference",
            "request");
    private static final Set<String> TIME_LAST = Set.of(
            "at",
            "on",
            "time",
            "timestamp",
            "ts",
            "date",
            "datetime",
            "exp",
            "iat",
            "nbf",
            "expires",
            "expiry",
            "expiration",
            "created",
            "updated",
            "modified",
            "deleted",
            "since",
            "until",
            "from",
            "to",
            "start",
            "end",
            "started",
            "ended",
            "millis",
            "ms",
            "epoch",
            "now",
            "seen",
            "login",
            "published",
            "after",
            "before");
    private static final Set<String> VOLATILE = Set.of(
            "requestid",
            "reqid",
            "traceid",
            "spanid",
            "correlationid",
            "transactionid",
            "trace",
            "rid",
            "took",
            "elapsed",
            "elapsedms",
            "elapsedtime",
            "latency",
            "latencyms",
            "uptime",
            "uptimems",
            "uptimeseconds",
            "processingtime",
            "processingtimems",
            "responsetime",
            "responsetimems",
            "querytime",
            "querytimems",
            "servertime",
            "runtime",
            "tookms",
            "durationms",
            "executiontime",
            "executiontimems",
            "rendertime",
            "generatedin",
            "servedby",
            "hostname",
            "servername",
            "pod",
            "podname",
            "podip",
            "machineid",
            "machinename",
            "containerid",
            "containername",
            "workername",
            "replicaname",
            "serverid",
            "threadname",
            "buildnumber",
            "buildid",
            "buildhash",
            "buildsha",
            "buildversion",
            "commitsha",
            "commithash",
            "commitid",
            "gitcommit",
            "gitsha",
            "githash",
            "imagetag",
            "imagedigest",
            "deploymentid",
            "nodename",
            "instanceid",
            "instance",
            "backend",
            "nonce",
            "requestnonce",
            "salt");
    private static final Set<String> SECRET = Set.of(
            "password",
            "passwd",
            "pwd",
            "passwordhash",
            "passwordsalt",
            "pwhash",
            "passhash",
            "hashedpassword",
            "secret",
            "clientsecret",
            "apikey",
            "apisecret",
            "privatekey",
            "ssn",
            "socialsecuritynumber",
            "taxid",
            "cvv",
            "cvc",
            "cardnumber",
            "creditcard",
            "creditcardnumber",
            "pan",
            "pin",
            "otp",
            "mfasecret",
            "totpsecret",
            "resettoken",
            "accesstoken",
            "refreshtoken",
            "authtoken",
            "sessiontoken",
            "token",
            "bearertoken",
            "iban",
            "passport",
            "passportnumber",
            "nationalid",
            "securityanswer",
            "salt",
            "stacktrace",
            "credentials",
            "encryptionkey",
            "secretkey",
            "dateofbirth",
            "dob");
    private static final Set<String> PERSONAL = Set.of(
            "firstname",
            "lastname",
            "fullname",
            "middlename",
            "surname",
            "givenname",
            "familyname",
            "displayname",
            "email",
            "mail",
            "emailaddress",
            "phone",
            "phonenumber",
            "mobile",
            "tel",
            "telephone",
            "fax",
            "street",
            "streetaddress",
            "address",
            "address1",
            "address2",
            "addressline1",
            "addressline2",
            "line1",
            "line2",
            "city",
            "town",
            "zip",
            "zipcode",
            "postcode",
            "postalcode",
            "birthday",
            "birthdate",
            "dateofbirth",
            "dob",
            "iban",
            "bic",
            "ssn",
            "taxid",
            "cardnumber",
            "holder",
            "cardholder",
            "accountholder",
            "username",
            "login",
            "nickname",
            "recipient",
            "ip",
            "ipaddress",
            "clientip",
            "county",
            "housenumber",
            "company");

    /** Takes {@code orderId}, {@code order_id}, {@code Order-ID} and {@code orderID} apart in the same way. */
    public static FieldName of(String name) {
        FieldName remembered = BY_NAME.get(name);
        if (remembered == null) {
            remembered = read(name);
            if (BY_NAME.size() < REMEMBERED) {
                BY_NAME.put(name, remembered);
            }
        }
        return remembered;
    }

    /**
     * The name of a field in an object under {@code parent}: the {@code number} of an {@code order}, or of one of the
     * {@code orders}, is an order number.
     */
    public static FieldName under(String parent, String name) {
        FieldName own = of(name);
        if (own.words.size() != 1 || !own.isNumber() || parent.isEmpty()) {
            return own;
        }
        String thing = TextPair.singular(parent);
        return NUMBERED.contains(thing) ? of(thing + "_" + name) : own;
    }

    private boolean isNumber() {
        return lastWord.equals("number") || lastWord.equals("no") || lastWord.equals("nr") || lastWord.equals("num");
    }

    private static FieldName read(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length() && i < 200; i++) {
            char c = name.charAt(i);
            boolean separator = !Character.isLetterOrDigit(c);
            boolean begins = Character.isUpperCase(c)
                    && i > 0
                    && (!Character.isUpperCase(name.charAt(i - 1))
                            || i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1)));
            if ((separator || begins) && !word.isEmpty()) {
                words.add(word.toString().toLowerCase(Locale.ROOT));
                word.setLength(0);
            }
            if (!separator) {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
        }
        return new FieldName(
                List.copyOf(words), String.join("", words), words.isEmpty() ? "" : words.get(words.size() - 1));
    }

    /** Whether its values name things: an id, a reference, a link, a token, an order number. */
    public boolean identifies() {
        String end = lastWord;
        if (ID_LAST.contains(end) || end.length() > 4 && (end.endsWith("uuid") || end.endsWith("guid"))) {
            return true;
        }
        return (isNumber() || end.equals("code")) && words.size() > 1 && NUMBERED.contains(words.get(words.size() - 2))
                || NUMBERED.contains(joined);
    }

    /** Whether a text with a prefix and a number in it, such as {@code ORD-2024-00017}, names a thing there. */
    boolean numbers() {
        String end = lastWord;
        return identifies() || end.equals("number") || end.equals("no") || end.equals("nr");
    }

    /** Whether it is the id of the object it stands in, by itself. */
    public boolean isKey() {
        return identifies() && !joined.equals("href") && !lastWord.equals("url") && !lastWord.equals("uri");
    }

    /** Whether what it names keeps its name: an id rather than a token, a version or a cursor. */
    public boolean isStable() {
        String end = lastWord;
        return !isVolatile()
                && (STABLE_LAST.contains(end) || identifies() && (NUMBERED.contains(joined) || end.equals("number")));
    }

    /** Whether an integer in it names a thing rather than counts one. */
    public boolean identifiesByNumber() {
        String end = lastWord;
        return !isVolatile() && STABLE_LAST.contains(end)
                || isNumber() && words.size() > 1 && NUMBERED.contains(words.get(words.size() - 2));
    }

    /** Whether it tells until when something holds. */
    public boolean endsSomething() {
        return words.stream().anyMatch(word -> word.startsWith("expir") || word.startsWith("valid"))
                || lastWord.equals("exp")
                || lastWord.equals("until")
                || words.contains("due")
                || words.contains("before")
                || words.contains("ends")
                || words.contains("closes")
                || words.contains("cutoff")
                || words.contains("deadline");
    }

    /** Whether a number in it can be a time. */
    public boolean tellsTime() {
        return TIME_LAST.contains(lastWord);
    }

    /** Whether its values are made anew for each response and mean nothing to a user. */
    public boolean isVolatile() {
        return VOLATILE.contains(joined);
    }

    /** Whether a response had better not have it. */
    public boolean isSecret() {
        String name = joined;
        return SECRET.contains(name)
                || name.startsWith("password")
                || name.endsWith("secret")
                || name.endsWith("passwordhash");
    }

    /** Whether its values belong to a person, so that an environment with data of its own has others. */
    public boolean isPersonal() {
        return PERSONAL.contains(joined);
    }

    /** What its values name: {@code order} for {@code orderId}; empty for a plain {@code id}. */
    public String entity() {
        if (words.size() < 2) {
            return ID_LAST.contains(lastWord) ? "" : joined;
        }
        return String.join("", words.subList(0, words.size() - 1));
    }
}
