package dev.retake.proxy.tls;

import dev.retake.common.config.ConfigType;
import java.util.Arrays;
import java.util.List;

/** The versions of TLS that are spoken at least. */
public enum TlsVersion {
    TLS_1_2("1.2"),
    TLS_1_3("1.3");

    static final ConfigType<TlsVersion> TYPE = new ConfigType<>(
            "1.2 or 1.3",
            "string",
            node -> Arrays.stream(values())
                    .filter(version -> version.number.equals(node.asString()))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new),
            version -> '"' + version.number + '"');

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    /** This version and all later ones, by their names in Java. */
    List<String> andLater() {
        return Arrays.stream(values())
                .filter(version -> version.compareTo(this) >= 0)
                .map(version -> "TLSv" + version.number)
                .toList();
    }
}
