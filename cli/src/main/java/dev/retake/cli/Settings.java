package dev.retake.cli;

import dev.retake.common.config.ConfigKey;
import dev.retake.journal.JournalKeys;
import dev.retake.journal.vault.VaultKeys;
import dev.retake.pipeline.RecorderKeys;
import dev.retake.privacy.PrivacyKeys;
import dev.retake.proxy.ProxyKeys;
import dev.retake.proxy.http2.Http2Keys;
import dev.retake.proxy.route.RouteKeys;
import dev.retake.proxy.tls.TlsKeys;
import dev.retake.replay.ReplayKeys;
import java.util.List;
import java.util.stream.Stream;

/** Every key of every feature; the references and the shipped configuration are generated from it. */
final class Settings {
    static final List<ConfigKey<?>> ALL = Stream.of(
                    CaptureKeys.ALL,
                    JournalKeys.ALL,
                    PrivacyKeys.ALL,
                    ProxyKeys.ALL,
                    TlsKeys.ALL,
                    Http2Keys.ALL,
                    RecorderKeys.ALL,
                    ReplayKeys.ALL,
                    RouteKeys.ALL,
                    VaultKeys.ALL)
            .<ConfigKey<?>>flatMap(List::stream)
            .toList();

    private Settings() {}
}
