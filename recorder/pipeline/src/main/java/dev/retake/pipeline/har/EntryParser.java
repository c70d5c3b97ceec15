package dev.retake.pipeline.har;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads one entry from the stream (HAR 1.2, "entries"). Producers differ: a number may be a string, anything may be null or
 * missing, and there is much besides that is passed over.
 */
final class EntryParser {
    private final JsonParser parser;

    EntryParser(JsonParser parser) {
        this.parser = parser;
    }

    /** Takes one field of an object, which the parser stands on the value of. */
    private interface Field {
        void read(String name);
    }

    /** Reads the entry that begins at the current token, and leaves the parser at its end. */
    HarEntry read() {
        HarEntry entry = new HarEntry();
        object(name -> {
            switch (name) {
                case "startedDateTime" -> entry.started = text();
                case "time" -> entry.time = number();
                case "request" -> request(entry);
                case "response" -> response(entry);
                case "timings" -> timings(entry.timings);
                case "_error" -> entry.error = text();
                case "_resourceType" -> entry.resourceType = text();
                case "_fromCache" -> entry.fromCache = text() != null;
                default -> parser.skipChildren();
            }
        });
        return entry;
    }

    private void request(HarEntry entry) {
        entry.hasRequest = parser.currentToken() == JsonToken.START_OBJECT;
        object(name -> {
            switch (name) {
                case "method" -> entry.method = textOr(entry.method);
                case "url" -> entry.url = textOr("");
                case "httpVersion" -> entry.requestVersion = textOr("");
                case "headers" -> pairs(entry.requestHeaders);
                case "cookies" -> pairs(entry.requestCookies);
                case "postData" -> postData(entry);
                case "bodySize" -> entry.requestBodySize = number();
                default -> parser.skipChildren();
            }
        });
    }

    private void postData(HarEntry entry) {
        object(name -> {
            switch (name) {
                case "mimeType" -> entry.postType = text();
                case "text" -> entry.postText = text();
                case "encoding", "_encoding" -> entry.postEncoding = text();
                case "params" -> params(entry);
                default -> parser.skipChildren();
            }
        });
    }

    private void params(HarEntry entry) {
        array(() -> {
            String[] fields = new String[4];
            object(name -> {
                switch (name) {
                    case "name" -> fields[0] = text();
                    case "value" -> fields[1] = text();
                    case "fileName" -> fields[2] = text();
                    case "contentType" -> fields[3] = text();
                    default -> parser.skipChildren();
                }
            });
            if (fields[0] != null) {
                entry.params.add(new HarEntry.Param(fields[0], fields[1], fields[2], fields[3]));
            }
        });
    }

    private void response(HarEntry entry) {
        entry.hasResponse = parser.currentToken() == JsonToken.START_OBJECT;
        object(name -> {
            switch (name) {
                case "status" -> entry.status = (int) number();
                case "statusText" -> entry.statusText = textOr("");
                case "httpVersion" -> entry.responseVersion = textOr("");
                case "headers" -> pairs(entry.responseHeaders);
                case "cookies" -> pairs(entry.responseCookies);
                case "content" -> content(entry);
                case "redirectURL" -> entry.redirectUrl = textOr("");
                case "bodySize" -> entry.responseBodySize = number();
                case "_transferSize" -> entry.transferSize = number();
                case "_error" -> entry.error = text();
                default -> parser.skipChildren();
            }
        });
    }

    private void content(HarEntry entry) {
        object(name -> {
            switch (name) {
                case "mimeType" -> entry.contentType = text();
                case "text" -> entry.contentText = text();
                case "encoding" -> entry.contentEncoding = text();
                case "size" -> entry.contentSize = number();
                default -> parser.skipChildren();
            }
        });
    }

    private void timings(HarEntry.Phases timings) {
        object(name -> {
            switch (name) {
                case "blocked" -> timings.blocked = number();
                case "dns" -> timings.dns = number();
                case "connect" -> timings.connect = number();
                case "send" -> timings.send = number();
                case "wait" -> timings.await = number();
                case "receive" -> timings.receive = number();
                default -> parser.skipChildren();
            }
        });
    }

    /** Names and values of an array of objects. */
    private void pairs(List<String> into) {
        array(() -> {
            String[] pair = new String[2];
            object(name -> {
                switch (name) {
                    case "name" -> pair[0] = text();
                    case "value" -> pair[1] = text();
                    default -> parser.skipChildren();
                }
            });
            if (pair[0] != null && !pair[0].isEmpty()) {
                into.add(pair[0]);
                into.add(pair[1] == null ? "" : pair[1]);
            }
        });
    }

    private void object(Field field) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            field.read(name);
        }
    }

    private void array(Runnable element) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    private @Nullable String text() {
        JsonToken token = parser.currentToken();
        if (token.isStructStart()) {
            parser.skipChildren();
            return null;
        }
        return token == JsonToken.VALUE_NULL ? null : parser.getString();
    }

    private String textOr(String missing) {
        String text = text();
        return text == null ? missing : text;
    }

    /** A number, also one in a string; -1 for anything else. */
    private double number() {
        String text = text();
        if (text == null) {
            return -1;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
