package dev.retake.cli;

import dev.retake.cli.demo.Demo;
import dev.retake.cli.demo.DemoSettings;
import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.proxy.admin.AdminServer;
import dev.retake.proxy.admin.ScrapeNames;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code retake prepare}: uses everything once, so that the launcher can have the classes archived (JEP 350) that later
 * starts then need not parse and verify.
 */
@Command(
        name = "prepare",
        description = "Make later starts on this Java faster; for an image, run it while the image is built.")
final class PrepareCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    PrepareCommand() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        common.config();
        Path scratch = Files.createTempDirectory("retake-prepare");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        PrometheusMeterRegistry meters = ScrapeNames.registry();
        meters.timer("rehearsal").record(Duration.ZERO);
        Demo demo = new Demo(new DemoSettings(scratch, DemoSettings.DEFAULT_SEED, false), nowhere);
        AdminServer admin = AdminServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), meters, () -> true, List::of);
        try {
            if (demo.run() != Demo.FOUND_ALL || meters.scrape().isEmpty()) {
                throw new RetakeException(
                        ErrorCode.UNREACHABLE, "The rehearsal failed on this machine; see what retake demo says.");
            }
        } finally {
            admin.close();
            demo.clear();
            Files.delete(scratch);
        }
        return 0;
    }
}
