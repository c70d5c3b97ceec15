package dev.retake.cli;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.common.terminal.VisibleText;
import dev.retake.journal.audit.AuditLog;
import dev.retake.journal.vault.RevealedValue;
import dev.retake.journal.vault.VaultReader;
import java.security.KeyPair;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code retake vault reveal}: what stands behind surrogates. Each question is on the disk, in the audit log, before its
 * answer is shown; where it cannot be, there is no answer.
 */
@Command(
        name = "reveal",
        description = "Tell the originals of surrogates. Every question goes into the audit log (DIR.audit) first.")
final class VaultRevealCommand implements Callable<Integer> {
    private static final String VERB = "reveal";

    @Parameters(arity = "1..*", paramLabel = "SURROGATE", description = "As it stands in recorded sessions.")
    private List<String> surrogates = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in a few words; needed.")
    private @Nullable String reason;

    @Mixin
    private VaultOptions options = new VaultOptions();

    @Spec
    private CommandSpec spec;

    VaultRevealCommand() {}

    @Override
    public Integer call() {
        String why = VaultOptions.reason(spec, reason);
        AuditLog audit = options.audit();
        Map<String, List<RevealedValue>> found = found(audit, why);
        for (Map.Entry<String, List<RevealedValue>> answer : found.entrySet()) {
            boolean known = !answer.getValue().isEmpty();
            audit.add(VERB, why, answer.getKey(), known, known ? "revealed" : "unknown");
        }
        found.forEach((surrogate, values) -> values.forEach(value -> print(surrogate, value)));
        long unknown = found.values().stream().filter(List::isEmpty).count();
        if (unknown > 0) {
            throw new RetakeException(
                    ErrorCode.UNKNOWN_ID,
                    "The vault knows no original for %d of %s; write them as they stand in sessions."
                            .formatted(unknown, Answer.count(found.size(), "surrogate")));
        }
        return 0;
    }

    private Map<String, List<RevealedValue>> found(AuditLog audit, String why) {
        Map<String, List<RevealedValue>> found = new LinkedHashMap<>();
        try {
            KeyPair key = options.key();
            try (VaultReader reader = VaultReader.open(options.files())) {
                for (String surrogate : new LinkedHashSet<>(surrogates)) {
                    found.put(surrogate, reader.reveal(surrogate, key));
                }
            }
            return found;
        } catch (RetakeException e) {
            for (String surrogate : surrogates) {
                audit.add(
                        VERB,
                        why,
                        surrogate,
                        false,
                        "failed: " + e.code().name().toLowerCase(Locale.ROOT));
            }
            throw e;
        }
    }

    private void print(String surrogate, RevealedValue value) {
        String first = Json.time(micros(value.firstSeen()));
        String last = Json.time(micros(value.lastSeen()));
        if (options.json()) {
            ObjectNode tree = Json.object();
            tree.put("surrogate", surrogate);
            tree.put("class", value.dataClass().label());
            tree.put("original", value.original());
            tree.put("firstSeen", first);
            tree.put("lastSeen", last);
            Answer.to(spec).line(tree.toString());
            return;
        }
        Answer.to(spec)
                .line(VisibleText.line("%s  %s  %s  first seen %s, last seen %s"
                        .formatted(surrogate, value.dataClass().label(), value.original(), first, last)));
    }

    private static long micros(Instant time) {
        return time.toEpochMilli() * 1_000;
    }
}
