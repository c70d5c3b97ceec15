package dev.retake.replay;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Runs a user's command before or after a run, by {@code sh -c}. */
final class HookCommand {
    private final String option;
    private final String command;
    private volatile @Nullable Process running;

    /** Ends the command, if it runs. */
    void destroy() {
        Process process = running;
        if (process != null) {
            process.destroy();
        }
    }

    /** @param option that named the command, for errors */
    HookCommand(String option, String command) {
        this.option = option;
        this.command = command;
    }

    /**
     * Runs it to its end; what it writes goes to {@code listener}. It finds the run and the target in {@code RETAKE_RUN}
     * and {@code RETAKE_TARGET}.
     *
     * @throws RetakeException {@link ErrorCode#HOOK} where it cannot run or fails
     */
    void run(String runId, String target, ReplayListener listener) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        builder.environment().put("RETAKE_RUN", runId);
        builder.environment().put("RETAKE_TARGET", target);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Process process;
        try {
            process = builder.start();
            running = process;
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.HOOK, option + " cannot run: there is no sh; install a shell.", e);
        }
        int exit;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                listener.hookWrote(line);
            }
            exit = process.waitFor();
        } catch (IOException e) {
            throw new RetakeException(ErrorCode.HOOK, option + " broke off; run its command by hand to see why.", e);
        } finally {
            process.destroy();
        }
        if (exit != 0) {
            throw new RetakeException(
                    ErrorCode.HOOK,
                    option + " ended with exit code " + exit + "; see what it wrote, and mend its command.");
        }
    }
}
