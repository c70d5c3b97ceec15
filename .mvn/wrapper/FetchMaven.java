import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Fetches the Maven distribution that the properties name, checks its SHA-512 and unpacks it. Run by {@code mvnw}. */
public final class FetchMaven {
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            properties.load(in);
        }
        Path home = Path.of(args[1]);
        String url = System.getenv().getOrDefault("MVNW_DISTRIBUTION_URL", properties.getProperty("distributionUrl"));
        System.err.println("mvnw: fetching Maven " + properties.getProperty("mavenVersion"));
        Files.createDirectories(home.getParent());
        Path archive = Files.createTempFile(home.getParent(), "maven", ".zip");
        Path unpacked = Files.createTempDirectory(home.getParent(), "maven");
        try {
            System.setProperty("java.net.useSystemProxies", "true");
            try (InputStream in = URI.create(url).toURL().openStream()) {
                Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                System.err.println("mvnw: cannot fetch " + url + " (" + e.getClass().getSimpleName()
                        + "); check the network, or set MVNW_DISTRIBUTION_URL to a mirror.");
                System.exit(3);
            }
            byte[] sum = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
            if (!HexFormat.of().formatHex(sum).equals(properties.getProperty("distributionSha512Sum"))) {
                System.err.println("mvnw: what came from " + url + " is not the Maven that was asked for (SHA-512).");
                System.exit(3);
            }
            unpack(archive, unpacked);
            if (!Files.exists(home)) {
                Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(archive);
            remove(unpacked);
        }
    }

    /** Unpacks below {@code target}, without the archive's own top folder. */
    private static void unpack(Path archive, Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path inside = Path.of(entry.getName());
                if (inside.getNameCount() < 2) {
                    continue;
                }
                Path file = target.resolve(inside.subpath(1, inside.getNameCount())).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("an entry leads out of the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
                if (file.getParent().endsWith("bin")) {
                    file.toFile().setExecutable(true);
                }
            }
        }
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
