package dev.retake.cli;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}, or {@code unix:PATH} for a Unix socket. */
final class ListenAddress implements ITypeConverter<SocketAddress> {
    private static final String UNIX = "unix:";

    @Override
    public SocketAddress convert(String value) {
        if (!value.startsWith(UNIX)) {
            return new HostPort().convert(value);
        }
        String path = value.substring(UNIX.length());
        try {
            if (path.startsWith("/")) {
                return UnixDomainSocketAddress.of(path);
            }
        } catch (InvalidPathException e) {
            throw new TypeConversionException("the path of '" + value + "' is none");
        }
        throw new TypeConversionException("'" + value + "' is not unix:/PATH, as unix:/run/retake/proxy.sock");
    }

    /** {@code listen} as it is written in a URL, with the port that {@code bound} took. */
    static String text(SocketAddress listen, Supplier<InetSocketAddress> bound) {
        return listen instanceof UnixDomainSocketAddress unix ? UNIX + unix.getPath() : HostPort.text(bound.get());
    }
}
