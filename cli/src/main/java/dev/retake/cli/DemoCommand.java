package dev.retake.cli;

import dev.retake.cli.demo.Demo;
import dev.retake.cli.demo.DemoSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code retake demo}: the whole loop, on this machine, with a shop of its own. */
@Command(
        name = "demo",
        description =
                "Show the whole loop: a shop, thirty users, a sidecar, a new build with five regressions, a report.")
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report and the journal go; replaced (default: ${DEFAULT-VALUE}).")
    private Path out = DemoSettings.DEFAULT_OUT;

    @Option(names = "--seed", paramLabel = "N", description = "Draws the regressions (default: ${DEFAULT-VALUE}).")
    private long seed = DemoSettings.DEFAULT_SEED;

    @Option(names = "--keep", description = "Leave both shops and the sidecar running until Ctrl-C.")
    private boolean keep;

    @Mixin
    private CommonOptions common = new CommonOptions();

    DemoCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        common.config();
        Demo demo = new Demo(new DemoSettings(out, seed, keep), System.out);
        Interruption interruption = Interruption.calls(demo::stop);
        try {
            return demo.run();
        } finally {
            interruption.ended();
        }
    }
}
