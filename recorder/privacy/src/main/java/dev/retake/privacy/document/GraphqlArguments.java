package dev.retake.privacy.document;

import dev.retake.privacy.encoding.DecodedText;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which argument each variable of a GraphQL request is given to: of {@code mutation($l:String!){login(user:$l){id}}} the
 * variable {@code l} is a {@code user}. Clients may call variables as they like, so their own names say little. Reads any
 * text as far as it looks like a document (GraphQL, October 2021, §2); immutable.
 */
final class GraphqlArguments {
    private static final byte[] QUERY = "query".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_DOCUMENT = 64 * 1024;
    private static final int DEEPEST = 64;
    private static final int MOST = 256;

    /** Names that an argument stands under and that say something of it: those of its field and of input objects. */
    private static final int NAMES = 3;

    private final Map<String, List<String>> names = new HashMap<>();

    private GraphqlArguments() {}

    /**
     * Reads the member {@code query} of the JSON object whose content begins at {@code from}, wherever it stands there.
     *
     * @return null where there is none, or where it gives no variable to an argument
     */
    static @Nullable GraphqlArguments beside(byte[] source, int from, int end) {
        int last = Math.min(end, from + LONGEST_DOCUMENT);
        int depth = 0;
        boolean named = false;
        for (int i = from; i < last && depth >= 0; i++) {
            switch (source[i]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ',' -> named = false;
                case '"' -> {
                    int to = endOfString(source, i + 1, last);
                    if (named && depth == 0 && before(source, i) == ':') {
                        return of(source, i + 1, to);
                    }
                    named = depth == 0 && to - i - 1 == QUERY.length && startsAt(source, i + 1);
                    i = to;
                }
                default -> {}
            }
        }
        return null;
    }

    /** The field that the variable called {@code variable} is given to, under {@code variables}; null where it is not said. */
    @Nullable
    Field field(Field variables, String variable) {
        List<String> path = names.get(variable);
        if (path == null) {
            return null;
        }
        Field field = variables;
        for (String name : path) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            field = field.child(bytes, 0, bytes.length);
        }
        return field;
    }

    private static @Nullable GraphqlArguments of(byte[] source, int from, int to) {
        DecodedText decoded = Escaping.JSON.decode(source, from, to);
        String document = decoded == null
                ? new String(source, from, to - from, StandardCharsets.UTF_8)
                : new String(decoded.bytes(), 0, decoded.length(), StandardCharsets.UTF_8);
        GraphqlArguments arguments = new GraphqlArguments();
        if (document.indexOf('$') >= 0) {
            arguments.read(document);
        }
        return arguments.names.isEmpty() ? null : arguments;
    }

    private void read(String document) {
        Deque<String> around = new ArrayDeque<>();
        String last = "";
        String argument = "";
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            if (c == '"' || c == '#') {
                i = c == '#' ? endOfLine(document, i) : endOfLiteral(document, i);
            } else if (c == '$') {
                int to = endOfName(document, i + 1);
                if (!isDefinition(document, to) && names.size() < MOST) {
                    names.putIfAbsent(document.substring(i + 1, to), path(around, argument));
                }
                i = to - 1;
            } else if (isName(c)) {
                int to = endOfName(document, i);
                last = document.substring(i, to);
                i = to - 1;
            } else if (c == ':') {
                argument = last;
            } else if (c == '(' || c == '{') {
                if (around.size() == DEEPEST) {
                    return;
                }
                around.push(c == '(' ? last : argument);
                // A selection stands under no argument; an input object stands under one.
                argument = "";
            } else if ((c == ')' || c == '}') && !around.isEmpty()) {
                around.pop();
                argument = "";
            }
        }
    }

    private static List<String> path(Deque<String> around, String argument) {
        List<String> path = new ArrayList<>(NAMES + 1);
        path.add(argument);
        for (String name : around) {
            if (path.size() > NAMES) {
                break;
            }
            if (!name.isEmpty()) {
                path.add(name);
            }
        }
        path.removeIf(String::isEmpty);
        Collections.reverse(path);
        return List.copyOf(path);
    }

    /** Whether the variable before {@code at} is declared there, with its type, and not used. */
    private static boolean isDefinition(String document, int at) {
        int i = at;
        while (i < document.length() && Character.isWhitespace(document.charAt(i))) {
            i++;
        }
        return i < document.length() && document.charAt(i) == ':';
    }

    private static int endOfName(String document, int from) {
        int at = from;
        while (at < document.length() && isName(document.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isName(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static int endOfLine(String document, int from) {
        int end = document.indexOf('\n', from);
        return end < 0 ? document.length() : end;
    }

    /** Where the string that begins at {@code from} has its last quote. */
    private static int endOfLiteral(String document, int from) {
        if (document.startsWith("\"\"\"", from)) {
            int end = document.indexOf("\"\"\"", from + 3);
            return end < 0 ? document.length() : end + 2;
        }
        for (int i = from + 1; i < document.length(); i++) {
            if (document.charAt(i) == '\\') {
                i++;
            } else if (document.charAt(i) == '"') {
                return i;
            }
        }
        return document.length();
    }

    private static int endOfString(byte[] source, int from, int end) {
        for (int i = from; i < end; i++) {
            if (source[i] == '\\') {
                i++;
            } else if (source[i] == '"') {
                return i;
            }
        }
        return end;
    }

    private static boolean startsAt(byte[] source, int at) {
        for (int i = 0; i < QUERY.length; i++) {
            if (source[at + i] != QUERY[i]) {
                return false;
            }
        }
        return true;
    }

    /** The last byte before {@code at} that is no space. */
    private static byte before(byte[] source, int at) {
        int i = at - 1;
        while (i > 0 && source[i] <= ' ' && source[i] >= 0) {
            i--;
        }
        return source[i];
    }
}
