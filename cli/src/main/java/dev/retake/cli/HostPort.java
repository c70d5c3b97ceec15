package dev.retake.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}, the host possibly a bracketed IPv6 address, or {@code :PORT} for every address. */
final class HostPort implements ITypeConverter<InetSocketAddress> {
    private static final int MAX_PORT = 65_535;

    @Override
    public InetSocketAddress convert(String value) {
        int colon = value.lastIndexOf(':');
        if (colon < 0 || value.indexOf(']') > colon || value.indexOf(':') != colon && !value.startsWith("[")) {
            throw new TypeConversionException("'" + value + "' is not HOST:PORT, as 127.0.0.1:9000 or [::1]:9000");
        }
        String host = value.substring(0, colon).replace("[", "").replace("]", "");
        int port;
        try {
            port = Integer.parseInt(value.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new TypeConversionException("the port of '" + value + "' is not a number");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new TypeConversionException("the port of '" + value + "' is not 0 to 65535");
        }
        InetSocketAddress address = host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new TypeConversionException("the host of '" + value + "' has no address");
        }
        return address;
    }

    /** {@code address} as it is written in a URL. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
