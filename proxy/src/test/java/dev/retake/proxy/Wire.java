package dev.retake.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One end of a socket, read and written as text of one char a byte. Reads time out after thirty seconds. */
public final class Wire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    public Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    public static Wire connect(InetSocketAddress address) throws IOException {
        return new Wire(new Socket(address.getAddress(), address.getPort()));
    }

    public Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Wire send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Bytes up to and with the next empty line; what was there when the peer ended before. */
    public String head() throws IOException {
        return until("\r\n\r\n");
    }

    /** Bytes up to and with {@code end}. */
    public String until(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end, Math.max(0, text.length() - end.length())) < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            seen.write(b);
            text.append((char) b);
        }
        return text.toString();
    }

    /** Exactly {@code length} bytes, fewer where the peer ended. */
    public String read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        seen.writeBytes(bytes);
        return text(bytes);
    }

    /** What has come, waiting for the first of it; empty where the peer ended. */
    public String some() throws IOException {
        byte[] bytes = new byte[16_384];
        int length = Math.max(0, in.read(bytes));
        seen.write(bytes, 0, length);
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** All until the peer ends. */
    public String rest() throws IOException {
        byte[] bytes = in.readAllBytes();
        seen.writeBytes(bytes);
        return text(bytes);
    }

    /** The same as {@link #rest} in small pieces, more slowly than a peer sends, so that its buffers are full for a while. */
    public String slowRest() throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] piece = new byte[512];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            seen.write(piece, 0, read);
            text.append(text(Arrays.copyOf(piece, read)));
        }
        return text.toString();
    }

    /** Reads nothing but the peer's end; true where it came without a byte before it. */
    public boolean ended() throws IOException {
        return in.read() < 0;
    }

    public Wire shutdownOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Every byte that was read so far. */
    public String seen() {
        return text(seen.toByteArray());
    }

    /** Closes with RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public Wire receiveBuffer(int bytes) throws IOException {
        socket.setReceiveBufferSize(bytes);
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
