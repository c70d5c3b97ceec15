package dev.retake.pipeline.har;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the entries of a HAR file, plain or gzip, one after another: memory holds one entry, however large the file. A
 * missing time is that of the entry before.
 */
public final class HarReader {
    private static final int MAX_TEXT = 256 * 1024 * 1024;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
            .build();
    private final EntryMessages messages;

    /** A reader that cuts bodies at {@code maxBytes}. */
    public HarReader(int maxBytes) {
        this.messages = new EntryMessages(maxBytes);
    }

    /** Takes what is read, in the order of the file. */
    public interface Sink {
        /** An exchange. */
        void exchange(HarExchange exchange);

        /** An entry that is none. */
        void skipped(HarSkip reason);
    }

    /**
     * Reads {@code file}.
     *
     * @throws RetakeException with INPUT where it cannot be read or is no HAR, naming the position; what stands before was
     *     given to {@code sink}
     */
    public void read(Path file, Sink sink) {
        try (InputStream bytes = open(file);
                JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes)) {
            if (!readLog(parser, sink)) {
                throw new RetakeException(
                        ErrorCode.INPUT,
                        file + " has no log.entries, so it is no HAR; export the traffic again as HAR.");
            }
        } catch (JacksonException e) {
            throw new RetakeException(
                    ErrorCode.INPUT,
                    file + " is broken at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr()
                            + "; what stands before is imported, export the file again for the rest.",
                    e);
        } catch (IOException e) {
            throw new RetakeException(
                    ErrorCode.INPUT, "Cannot read " + file + "; check that it exists and is whole.", e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file), 64 * 1024);
        bytes.mark(2);
        boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return gzip ? new GZIPInputStream(bytes, 64 * 1024) : bytes;
    }

    private boolean readLog(JsonParser parser, Sink sink) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        boolean found = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("log") && value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    found |= readEntries(parser, sink);
                }
            } else if (name.equals("entries") && value == JsonToken.START_ARRAY) {
                entries(parser, sink);
                found = true;
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    private boolean readEntries(JsonParser parser, Sink sink) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("entries") && value == JsonToken.START_ARRAY) {
            entries(parser, sink);
            return true;
        }
        parser.skipChildren();
        return false;
    }

    private void entries(JsonParser parser, Sink sink) {
        EntryParser entries = new EntryParser(parser);
        long startedAt = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            HarEntry entry = entries.read();
            startedAt = HarTimes.startedAt(entry.started, startedAt);
            HarSkip skip = EntryMessages.skip(entry);
            HarExchange exchange = skip == null ? messages.exchange(entry, startedAt) : null;
            if (exchange == null) {
                sink.skipped(skip == null ? HarSkip.MALFORMED : skip);
            } else {
                sink.exchange(exchange);
            }
        }
    }
}
