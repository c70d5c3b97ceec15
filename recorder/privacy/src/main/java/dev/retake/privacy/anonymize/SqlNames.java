package dev.retake.privacy.anonymize;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the names in lines of SQL: quoted or not, with their schema before a dot. */
final class SqlNames {
    private static final Set<String> NO_COLUMNS = Set.of(
            "constraint", "primary", "unique", "check", "foreign", "exclude", "like", "key", "index", "fulltext");

    private SqlNames() {}

    static boolean begins(String line, String words) {
        return line.regionMatches(true, 0, words, 0, words.length());
    }

    /**
     * Whether rows follow a COPY statement.
     *
     * @throws RetakeException where they are of another format than text
     */
    static boolean readsRows(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        int from = lower.lastIndexOf(" from stdin");
        if (from < 0) {
            return false;
        }
        String options = lower.substring(from);
        if (options.contains("csv") || options.contains("binary") || options.contains("delimiter")) {
            throw new RetakeException(
                    ErrorCode.INPUT,
                    "The dump has COPY rows of another format than text; make it by pg_dump, or anonymize them as CSV.");
        }
        return true;
    }

    /** The name of the table that a statement is about, with its schema as it is written, without quotes. */
    static String tableIn(String line) {
        int at = 0;
        for (String word : new String[] {"COPY ", "CREATE UNLOGGED TABLE ", "CREATE TABLE ", "INSERT INTO "}) {
            if (begins(line, word)) {
                at = word.length();
                break;
            }
        }
        if (line.regionMatches(true, at, "IF NOT EXISTS ", 0, 14)) {
            at += 14;
        }
        if (line.regionMatches(true, at, "ONLY ", 0, 5)) {
            at += 5;
        }
        StringBuilder name = new StringBuilder();
        int end = name(line, at, name);
        while (end < line.length() && line.charAt(end) == '.') {
            name.append('.');
            end = name(line, end + 1, name);
        }
        return name.toString();
    }

    /** Names in the first brackets of a line, none where there are no brackets. */
    static List<String> listIn(String line) {
        int open = open(line);
        return open < 0 ? List.of() : names(line, open + 1);
    }

    /** Names separated by commas from {@code from} up to a closing bracket. */
    static List<String> names(String line, int from) {
        List<String> names = new ArrayList<>();
        int at = from;
        while (at < line.length() && line.charAt(at) != ')') {
            StringBuilder name = new StringBuilder();
            int end = name(line, at, name);
            if (end == at) {
                end++;
            } else {
                names.add(name.toString());
            }
            at = end;
        }
        return names;
    }

    /** The first bracket that stands in no name. */
    private static int open(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"' || c == '`';
            if (c == '(' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** The column that a line of CREATE TABLE defines, empty where it defines none. */
    static String column(String line) {
        StringBuilder name = new StringBuilder();
        name(line, 0, name);
        boolean quoted = line.startsWith("\"") || line.startsWith("`");
        return !quoted && NO_COLUMNS.contains(name.toString().toLowerCase(Locale.ROOT)) ? "" : name.toString();
    }

    /** Reads a name at {@code from}, and returns where it ends. */
    private static int name(String line, int from, StringBuilder name) {
        int at = from;
        if (at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '`')) {
            char quote = line.charAt(at++);
            while (at < line.length()) {
                char c = line.charAt(at++);
                if (c == quote) {
                    if (at >= line.length() || line.charAt(at) != quote) {
                        break;
                    }
                    at++;
                }
                name.append(c);
            }
            return at;
        }
        while (at < line.length()
                && (Character.isLetterOrDigit(line.charAt(at)) || "_$".indexOf(line.charAt(at)) >= 0)) {
            name.append(line.charAt(at++));
        }
        return at;
    }
}
