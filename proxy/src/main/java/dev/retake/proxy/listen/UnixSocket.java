package dev.retake.proxy.listen;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file of a Unix socket that is listened on: made free before, and opened to whom it is for after. */
public final class UnixSocket {
    /** What a socket's address holds on Linux, without its last zero byte (unix(7)). */
    private static final int MAX_PATH_BYTES = 107;

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private UnixSocket() {}

    /**
     * Makes sure that {@code path} can be listened on: takes away a socket that a process left behind when it was killed,
     * and nothing else.
     *
     * @throws RetakeException {@link ErrorCode#PORT} where it cannot
     */
    public static void claim(Path path) {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw refused(path, "its path is longer than 107 bytes; choose a shorter one", null);
        }
        int mode;
        try {
            mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw refused(path, "it cannot be looked at; check its directory", e);
        }
        if ((mode & TYPE) != SOCKET) {
            throw refused(path, "there is a file that is no socket; choose another path", null);
        }
        if (answers(path)) {
            throw refused(path, "another process listens on it; stop that one, or choose another path", null);
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw refused(path, "the socket that is there cannot be taken away; check its directory", e);
        }
    }

    /**
     * Lets those connect who may write by {@code mode}.
     *
     * @throws RetakeException {@link ErrorCode#PORT} where the file system has no such modes
     */
    public static void open(Path path, Set<PosixFilePermission> mode) {
        try {
            Files.setPosixFilePermissions(path, mode);
        } catch (IOException e) {
            throw refused(path, "its mode cannot be set; choose another path, or change proxy.unixMode", e);
        }
    }

    private static boolean answers(Path path) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    private static RetakeException refused(Path path, String why, @Nullable IOException cause) {
        return new RetakeException(ErrorCode.PORT, "Cannot listen on unix:" + path + ": " + why + ".", cause);
    }
}
