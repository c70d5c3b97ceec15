package dev.retake.cli;

import dev.retake.common.config.Config;
import dev.retake.common.error.BackgroundErrors;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.keys.KeySet;
import dev.retake.journal.vault.VaultWriter;
import dev.retake.pipeline.Recorder;
import dev.retake.privacy.rule.FieldRules;
import dev.retake.proxy.ProxyServer;
import dev.retake.proxy.ProxySettings;
import dev.retake.proxy.admin.AdminServer;
import dev.retake.proxy.admin.ScrapeNames;
import dev.retake.proxy.route.Routing;
import dev.retake.proxy.tls.CertificateFiles;
import dev.retake.proxy.upstream.NamedUpstream;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code retake proxy}: the sidecar, until it is told to stop. */
@Command(
        name = "proxy",
        description = "Stand in front of a service: forward its traffic, and record it sanitized.",
        sortOptions = false)
final class ProxyCommand implements Callable<Integer> {
    @Option(
            names = "--listen",
            required = true,
            paramLabel = "HOST:PORT",
            converter = ListenAddress.class,
            description = "Where clients connect to; port 0 picks a free one, and unix:/PATH is a Unix socket.")
    private SocketAddress listen = new InetSocketAddress(0);

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description = "The service, http or https, or unix:/PATH; not needed where proxy.upstreams name all.")
    private @Nullable URI upstream;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description = "Where the recording goes.")
    private Path journal = Path.of("");

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            converter = HostPort.class,
            description = "Where /healthz, /readyz and /metrics are served; nowhere by default.")
    private @Nullable InetSocketAddress adminListen;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Speak TLS with clients: PEM file of the certificate and its chain; goes with --tls-key.")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file of the certificate's key, unencrypted.")
    private @Nullable Path tlsKey;

    @Option(
            names = "--observe",
            description =
                    "Forward requests of ambiguous framing too, and count them: for a first day in front of an old API.")
    private boolean observe;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec;

    ProxyCommand() {}

    /** Begins on a thread of its own with what a start needs whatever the options say, and what takes it longest: the rules. */
    static void readAhead() {
        Thread thread = new Thread(FieldRules::standard, "retake-read-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Integer call() throws InterruptedException {
        Config config = common.config();
        ProxySettings settings = settings(config);
        Routing routing = settings.routing(upstream);
        BackgroundErrors errors = new BackgroundErrors();
        PrometheusMeterRegistry meters = ScrapeNames.registry();
        boolean capturing = config.get(CaptureKeys.ENABLED);
        VaultWriter vault = capturing ? Vaults.behindTraffic(config, journal, errors, meters) : null;
        Recorder recorder = capturing ? recorder(config, routing, errors, meters, vault) : null;
        Sidecar sidecar = null;
        try {
            ProxyServer proxy = ProxyServer.start(listen, upstream, settings, recorder, errors, meters);
            KeyFileWatch keyFile = capturing ? KeyFileWatch.start(keys.fileFor(journal)) : null;
            sidecar = new Sidecar(proxy, recorder, vault, keyFile);
            AdminServer admin = adminListen == null
                    ? null
                    : AdminServer.start(adminListen, meters, sidecar::accepting, sidecar::notices);
            Answer.to(spec)
                    .line("retake proxy ready: " + proxy.scheme() + "://" + ListenAddress.text(listen, proxy::address)
                            + " -> " + destination(routing));
            sidecar.run(admin);
            return 0;
        } catch (RetakeException e) {
            close(sidecar, recorder, vault);
            throw e;
        } catch (CompletionException e) {
            close(sidecar, recorder, vault);
            throw Sidecar.openingFailure(e);
        }
    }

    /** What the ready line says: the URL that was given, else the names of the upstreams in order. */
    private String destination(Routing routing) {
        return upstream != null
                ? upstream.toString()
                : routing.upstreams().stream().map(NamedUpstream::name).collect(Collectors.joining(", "));
    }

    private ProxySettings settings(Config config) {
        ProxySettings settings = ProxySettings.from(config);
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new RetakeException(ErrorCode.ARGUMENT, "--tls-cert and --tls-key go together; give both or none.");
        }
        if (tlsCertificate != null && tlsKey != null) {
            settings = settings.withCertificate(new CertificateFiles(tlsCertificate, tlsKey));
        }
        return observe ? settings.observing() : settings;
    }

    private Recorder recorder(
            Config config,
            Routing routing,
            BackgroundErrors errors,
            PrometheusMeterRegistry meters,
            @Nullable VaultWriter vault) {
        KeySet keySet = keys.forWriting(journal);
        List<String> upstreams = routing.urls().stream().map(URI::toString).toList();
        return Recorders.start(config, journal, keySet, upstreams, errors, meters, vault);
    }

    private static void close(@Nullable Sidecar sidecar, @Nullable Recorder recorder, @Nullable VaultWriter vault) {
        if (sidecar != null) {
            sidecar.close();
            return;
        }
        if (recorder != null) {
            recorder.close();
        }
        if (vault != null) {
            vault.close();
        }
    }
}
