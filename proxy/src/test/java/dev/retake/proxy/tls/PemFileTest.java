package dev.retake.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in every form that OpenSSL writes, and files that are none. */
class PemFileTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genrsa -traditional -out key.pem 2048",
                "genrsa -out key.pem 2048",
                "ecparam -name prime256v1 -genkey -out key.pem",
                "ecparam -name secp384r1 -genkey -noout -out key.pem",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
                "genpkey -algorithm ed25519 -out key.pem"
            })
    void keysOfOpensslAreRead(String command) throws Exception {
        openssl(command);
        openssl("req -x509 -new -key key.pem -subj /CN=x -out chain.pem");
        CertificateFiles files = new CertificateFiles(directory.resolve("chain.pem"), directory.resolve("key.pem"));
        PemFile.checkPair(files, PemFile.certificates(files.chain()).get(0), PemFile.key(files.key()));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        openssl("ecparam -name prime256v1 -genkey -out one.pem");
        openssl("ecparam -name prime256v1 -genkey -out two.pem");
        openssl("req -x509 -new -key one.pem -subj /CN=x -out chain.pem");
        CertificateFiles files = new CertificateFiles(directory.resolve("chain.pem"), directory.resolve("two.pem"));
        assertThatThrownBy(() -> PemFile.checkPair(
                        files, PemFile.certificates(files.chain()).get(0), PemFile.key(files.key())))
                .hasMessageContaining("is not the key of the certificate");
    }

    @Test
    void anEncryptedKeyIsSaid() throws Exception {
        openssl("genpkey -algorithm ed25519 -aes256 -pass pass:secret -out key.pem");
        assertThatThrownBy(() -> PemFile.key(directory.resolve("key.pem")))
                .hasMessageContaining("is encrypted")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nMAAwADAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIP/\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIT/////\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMAWgggAA\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMAOg\n-----END EC PRIVATE KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END PRIVATE KEY-----"
            })
    void whatIsNoneIsSaidInOneSentence(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("file.pem"), text);
        for (Runnable reading : List.<Runnable>of(() -> PemFile.key(file), () -> PemFile.certificates(file))) {
            assertThatThrownBy(reading::run)
                    .isInstanceOfSatisfying(
                            RetakeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                    .hasMessageStartingWith(file.toString())
                    .hasMessageEndingWith(".");
        }
    }

    private void openssl(String command) throws IOException, InterruptedException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
        assumeTrue(there, "openssl is not installed");
        Process process = new ProcessBuilder(("openssl " + command).split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isZero();
    }
}
