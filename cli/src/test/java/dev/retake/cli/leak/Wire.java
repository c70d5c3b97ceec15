package dev.retake.cli.leak;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** One end of a connection that speaks HTTP/1.1 in whichever writes it is told to. For one thread at a time. */
final class Wire {
    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void send(List<byte[]> writes) throws IOException {
        for (byte[] write : writes) {
            out.write(write);
        }
    }

    /** Reads one message to its end, and gives its head; empty at the end of the connection. */
    String receive() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        if (lower.contains("\ntransfer-encoding: chunked")) {
            int size = Integer.parseInt(line(), 16);
            while (size > 0) {
                in.skipNBytes(size + 2L);
                size = Integer.parseInt(line(), 16);
            }
            String trailer = line();
            while (!trailer.isEmpty()) {
                trailer = line();
            }
        } else if (lower.contains("\ncontent-length: ")) {
            int from = lower.indexOf("\ncontent-length: ") + "\ncontent-length: ".length();
            in.skipNBytes(Long.parseLong(lower.substring(from, lower.indexOf('\n', from))));
        }
        return head.toString();
    }

    /** Reads to the end of the connection. */
    void drain() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
