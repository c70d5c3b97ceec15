package dev.retake.cli;

import dev.retake.common.error.RetakeException;
import dev.retake.journal.audit.AuditLog;
import dev.retake.journal.vault.VaultStore;
import java.security.KeyPair;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code retake vault forget}: removes originals from the vault, on record. */
@Command(
        name = "forget",
        description = "Remove the originals of surrogates, or of all days before a date, from the vault and its files."
                + " Copies that were made of the vault keep theirs; a value that comes again is stored again.")
final class VaultForgetCommand implements Callable<Integer> {
    private static final String VERB = "forget";

    @Parameters(arity = "0..*", paramLabel = "SURROGATE", description = "As it stands in recorded sessions.")
    private List<String> surrogates = List.of();

    @Option(names = "--before", paramLabel = "DATE", description = "What was last seen before it, as 2026-01-31 (UTC).")
    private @Nullable LocalDate before;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in a few words; needed.")
    private @Nullable String reason;

    @Mixin
    private VaultOptions options = new VaultOptions();

    @Spec
    private CommandSpec spec;

    VaultForgetCommand() {}

    @Override
    public Integer call() {
        String why = VaultOptions.reason(spec, reason);
        if (surrogates.isEmpty() == (before == null)) {
            throw new ParameterException(spec.commandLine(), "Name either surrogates or --before DATE");
        }
        AuditLog audit = options.audit();
        String outcome = "failed";
        log(audit, why, "asked");
        try {
            outcome = before != null ? forgetBefore(before) : forget();
        } catch (RetakeException e) {
            outcome = "failed: " + e.code().name().toLowerCase(Locale.ROOT);
            throw e;
        } finally {
            log(audit, why, outcome);
        }
        Answer.to(spec).line(outcome);
        return 0;
    }

    private String forgetBefore(LocalDate day) {
        try (VaultStore store = VaultStore.openExisting(options.files(), Clock.systemUTC())) {
            return store.forgetBefore(day)
                    ? "forgot what was last seen before " + day
                    : "nothing is from before " + day;
        }
    }

    private String forget() {
        KeyPair key = options.key();
        try (VaultStore store = VaultStore.openExisting(options.files(), Clock.systemUTC())) {
            return "forgot %s of %s"
                    .formatted(
                            Answer.count(store.forget(surrogates, key), "mapping"),
                            Answer.count(surrogates.size(), "surrogate"));
        }
    }

    private void log(AuditLog audit, String why, String outcome) {
        if (before != null) {
            audit.add(VERB, why, "before " + before, false, outcome);
        }
        surrogates.forEach(surrogate -> audit.add(VERB, why, surrogate, false, outcome));
    }
}
