package dev.retake.privacy.document;

import dev.retake.privacy.rule.Allowance;
import dev.retake.privacy.value.Structure;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What HTTP itself says in a message, which a replay needs and which is about nobody: the fields that steer caching,
 * negotiation and framing, and the words of the others' grammars. A policy leaves these alone.
 */
final class ProtocolWords {
    /** Fields whose values are kept as they are, beside those that {@link #isKept} looks at. */
    private static final Set<String> FIELDS = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-patch",
            "accept-post",
            "accept-ranges",
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-expose-headers",
            "access-control-max-age",
            "access-control-request-headers",
            "access-control-request-method",
            "allow",
            "cache-control",
            "clear-site-data",
            "connection",
            "content-encoding",
            "content-security-policy",
            "cross-origin-embedder-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "dnt",
            "expect",
            "keep-alive",
            "permissions-policy",
            "pragma",
            "proxy-connection",
            "referrer-policy",
            "sec-fetch-dest",
            "sec-fetch-mode",
            "sec-fetch-site",
            "sec-fetch-user",
            "sec-gpc",
            "sec-websocket-version",
            "strict-transport-security",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "upgrade-insecure-requests",
            "vary",
            "x-content-type-options",
            "x-frame-options",
            "x-xss-protection");

    private static final Set<String> NUMBERS = Set.of(
            "age",
            "content-length",
            "content-range",
            "max-forwards",
            "range",
            "retry-after",
            "content-transfer-encoding");
    private static final Set<String> DATES =
            Set.of("date", "expires", "if-modified-since", "if-unmodified-since", "last-modified");
    private static final Set<String> LANGUAGES = Set.of("accept-language", "content-language");

    private static final Pattern NUMBER =
            Pattern.compile("(bytes[ =])?[\\d\\-/*, ]+|7bit|8bit|binary|base64|quoted-printable");
    private static final Pattern DATE =
            Pattern.compile("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT|-?\\d{1,10}");

    /** The longest value that is taken for protocol; what is longer carries something. */
    private static final int LONGEST = 1_024;

    private static final int LONGEST_NUMBER = 10;

    private static final Set<String> PHRASES = Set.of(
            "Continue",
            "Switching Protocols",
            "Early Hints",
            "OK",
            "Created",
            "Accepted",
            "Non-Authoritative Information",
            "No Content",
            "Reset Content",
            "Partial Content",
            "Multi-Status",
            "Multiple Choices",
            "Moved Permanently",
            "Found",
            "See Other",
            "Not Modified",
            "Temporary Redirect",
            "Permanent Redirect",
            "Bad Request",
            "Unauthorized",
            "Payment Required",
            "Forbidden",
            "Not Found",
            "Method Not Allowed",
            "Not Acceptable",
            "Proxy Authentication Required",
            "Request Timeout",
            "Conflict",
            "Gone",
            "Length Required",
            "Precondition Failed",
            "Payload Too Large",
            "Content Too Large",
            "Request Entity Too Large",
            "URI Too Long",
            "Unsupported Media Type",
            "Range Not Satisfiable",
            "Expectation Failed",
            "Misdirected Request",
            "Unprocessable Entity",
            "Unprocessable Content",
            "Locked",
            "Failed Dependency",
            "Too Early",
            "Upgrade Required",
            "Precondition Required",
            "Too Many Requests",
            "Request Header Fields Too Large",
            "Internal Server Error",
            "Not Implemented",
            "Bad Gateway",
            "Service Unavailable",
            "Gateway Timeout",
            "Gateway Time-out",
            "HTTP Version Not Supported");

    private static final Set<String> METHODS = Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "CONNECT",
            "OPTIONS",
            "TRACE",
            "PATCH",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK",
            "REPORT",
            "SEARCH",
            "PURGE",
            "LINK",
            "UNLINK",
            "QUERY",
            "PRI");

    /** Words of Set-Cookie (RFC 6265), Link (RFC 8288) and Content-Disposition (RFC 6266). */
    private static final Set<String> GRAMMAR = Set.of(
            "expires",
            "max-age",
            "secure",
            "httponly",
            "samesite",
            "strict",
            "lax",
            "none",
            "partitioned",
            "priority",
            "low",
            "medium",
            "high",
            "rel",
            "next",
            "prev",
            "previous",
            "first",
            "last",
            "self",
            "up",
            "alternate",
            "canonical",
            "related",
            "describedby",
            "preload",
            "prefetch",
            "preconnect",
            "dns-prefetch",
            "modulepreload",
            "stylesheet",
            "icon",
            "as",
            "script",
            "style",
            "font",
            "image",
            "crossorigin",
            "anonymous",
            "nopush",
            "attachment",
            "inline",
            "form-data");

    private static final Set<String> EXTENSIONS = Set.of(
            "avi", "bmp", "csv", "css", "doc", "docx", "gif", "gz", "htm", "html", "ico", "ics", "jpeg", "jpg", "js",
            "json", "md", "mov", "mp3", "mp4", "odt", "ods", "pdf", "png", "ppt", "pptx", "rtf", "svg", "tar", "tiff",
            "tsv", "txt", "vcf", "wav", "webp", "xls", "xlsx", "xml", "yaml", "yml", "zip");

    private ProtocolWords() {}

    /** Whether {@code value} of the field {@code name}, in lower case, is protocol and not content. */
    static boolean isKept(String name, String value) {
        if (value.length() > LONGEST || value.indexOf('@') >= 0 || value.indexOf('%') >= 0) {
            return false;
        }
        if (LANGUAGES.contains(name)) {
            return Allowance.isLanguage(value);
        }
        if (NUMBERS.contains(name)) {
            return NUMBER.matcher(value).matches()
                    || name.equals("retry-after") && DATE.matcher(value).matches();
        }
        if (DATES.contains(name)) {
            return DATE.matcher(value).matches();
        }
        return FIELDS.contains(name) && (name.equals("accept") || !holdsId(value))
                || name.equals("x-requested-with") && value.equals("XMLHttpRequest");
    }

    /** Whether a word in {@code value}, numbers apart, looks like an id: a nonce, a path with one. */
    private static boolean holdsId(String value) {
        for (String word : value.split("[\\s,;=/\"'():]+")) {
            boolean number =
                    word.length() <= LONGEST_NUMBER && word.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
            if (!number && !word.isEmpty() && Structure.looksLikeValue(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a reason phrase is one that a standard has. */
    static boolean isPhrase(String phrase) {
        return PHRASES.contains(phrase);
    }

    static boolean isMethod(String method) {
        return METHODS.contains(method);
    }

    /** Whether every word of {@code text} is one that the grammars of header fields have; numbers and dates are. */
    static boolean isGrammar(String text) {
        int equals = text.indexOf('=');
        String name = (equals < 0 ? text : text.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
        if (equals > 0 && (name.equals("expires") || name.equals("max-age"))) {
            return DATE.matcher(text.substring(equals + 1).strip().replace('-', ' '))
                    .matches();
        }
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9-]+")) {
            if (!word.isEmpty() && !GRAMMAR.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code extension} of a file's name, without its dot, says of which type it is. */
    static boolean isExtension(String extension) {
        return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
    }

    /** Whether a parameter of a media type describes a format: a charset that there is, a version, a weight. */
    static boolean isMediaParameter(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "charset" -> isCharset(value);
            case "q", "v", "version", "level" -> value.matches("\\d{1,2}(\\.\\d{1,3})?");
            default -> false;
        };
    }

    private static boolean isCharset(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
