package dev.retake.report;

import dev.retake.common.terminal.VisibleText;

/** Writes any text as GitHub Flavored Markdown that shows just that text: no markup, link, mention or reference. */
final class MarkdownText {
    private static final String MARKUP = "\\`*_{}[]()+!|~";
    private static final String SPLIT = "<!-- -->";

    private MarkdownText() {}

    /** Running text of one line, also within a table. */
    static String inline(String text) {
        String line = VisibleText.line(text);
        StringBuilder md = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (MARKUP.indexOf(c) >= 0) {
                md.append('\\');
            }
            unlinked(c, line, i, md);
        }
        return md.toString();
    }

    /** The text of an HTML element within the document, in one line. */
    static String html(String text) {
        String line = VisibleText.line(text);
        StringBuilder html = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (MARKUP.indexOf(c) >= 0) {
                html.append("&#").append((int) c).append(';');
            } else {
                unlinked(c, line, i, html);
            }
        }
        return html.toString();
    }

    /**
     * Appends {@code c} so that no HTML, and none of what GitHub links by itself, comes about: it looks at text that
     * stands together, so an empty comment parts it.
     */
    private static void unlinked(char c, String line, int at, StringBuilder md) {
        switch (c) {
            case '&' -> md.append("&amp;");
            case '<' -> md.append("&lt;");
            case '>' -> md.append("&gt;");
            case '@', '#' -> md.append(c).append(SPLIT);
            case ':' -> md.append(line.startsWith("://", at) ? ":" + SPLIT : ":");
            case '.' -> md.append(endsWithWww(line, at) ? SPLIT + "." : ".");
            case '-' -> md.append(line.regionMatches(true, at - 2, "GH-", 0, 3) ? SPLIT + "-" : "-");
            default -> md.append(c);
        }
    }

    private static boolean endsWithWww(String line, int at) {
        return line.regionMatches(true, at - 3, "www", 0, 3);
    }

    /** A code span; spaces keep backticks at its ends apart from the fence. */
    static String code(String text) {
        String line = VisibleText.line(text);
        if (line.isEmpty()) {
            return "(empty)";
        }
        String fence = fence(line, 1);
        return fence + " " + line + " " + fence;
    }

    /** A code span within a table, where a pipe would end the cell. */
    static String codeInTable(String text) {
        return code(text).replace("|", "\\|");
    }

    /** A fenced block. */
    static String codeBlock(String language, String text) {
        String block = VisibleText.block(text);
        String fence = fence(block, 3);
        return fence + language + "\n" + block + "\n" + fence + "\n";
    }

    /** More backticks than any run of them in {@code text}. */
    private static String fence(String text, int atLeast) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return "`".repeat(Math.max(atLeast, longest + 1));
    }
}
