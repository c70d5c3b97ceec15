package dev.retake.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that does not suffice for what waits to be recorded costs captures, and neither the sidecar nor its clients. */
class LittleMemoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path CGROUP = Path.of("/sys/fs/cgroup/memory");
    private static final long CGROUP_BYTES = 448L << 20;

    @TempDir
    private Path home;

    private Path disk;
    private Upstream upstream;

    @BeforeEach
    void start() throws Exception {
        Root.require("fsfreeze", "mkfs.ext4");
        disk = home.resolve("disk");
        Root.mountImage(home.resolve("disk.img"), disk, "512M");
        upstream = new Upstream();
    }

    @AfterEach
    void end() throws Exception {
        if (upstream != null) {
            upstream.close();
            Root.tried("fsfreeze", "-u", disk.toString());
            Root.tried("umount", "-l", disk.toString());
        }
    }

    @Test
    void aLimitOfTheSystemIsKeptWhileTheDiskStandsStill() throws Exception {
        Path group = CGROUP.resolve("retake-" + ProcessHandle.current().pid());
        assumeTrue(Files.isWritable(CGROUP) && Files.exists(CGROUP.resolve("cgroup.procs")), "no memory cgroup (v1)");
        Files.createDirectory(group);
        try (LiveSidecar sidecar = sidecar()) {
            Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(CGROUP_BYTES));
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(sidecar.pid()));
            try (Traffic large = new Traffic(sidecar.address(), "/" + Upstream.LARGE, 4, 400)) {
                await().atMost(PATIENCE).until(() -> captured(sidecar) > 50);
                Root.run("fsfreeze", "-f", disk.toString());
                await().atMost(PATIENCE).until(() -> sidecar.meter("retake_exchanges_dropped_total") > 100);
                Root.run("fsfreeze", "-u", disk.toString());
                long before = captured(sidecar);
                await().atMost(PATIENCE).until(() -> captured(sidecar) > before + 50);
                large.stop();
                assertThat(large.failures()).isEmpty();
            }
            await().atMost(PATIENCE).until(() -> sidecar.underWay() == 0);
            assertThat(Files.readString(group.resolve("memory.oom_control"))).contains("oom_kill 0");
            assertThat(sidecar.terminate()).as(sidecar.log()).isZero();
        } finally {
            await().atMost(PATIENCE).until(() -> group.toFile().delete());
        }
    }

    private static long captured(LiveSidecar sidecar) throws Exception {
        return sidecar.meter("retake_exchanges_captured_total");
    }

    private LiveSidecar sidecar() throws IOException {
        return LiveSidecar.start(
                home,
                upstream.url(),
                disk.resolve("journal"),
                List.of("-Xmx160m"),
                Map.of(),
                "recorder: {queue: 1024}\n");
    }
}
