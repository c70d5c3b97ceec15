package dev.retake.replay.credential;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.replay.ReplayEnvironment.Variables;
import dev.retake.replay.credential.Credential.Login;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the credential for a session's subject. Immutable. */
public final class CredentialBook {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Map<String, Credential> bySubject = new HashMap<>();

    /**
     * Takes {@code credentials} with their variables filled in.
     *
     * @throws RetakeException {@link ErrorCode#CONFIGURATION} for a variable that is not set, or a subject that occurs twice
     */
    public CredentialBook(List<Credential> credentials, Variables variables) {
        for (Credential credential : credentials) {
            if (bySubject.put(credential.subject(), filled(credential, variables)) != null) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "replay.credentials has two entries for one subject; leave only one of them.");
            }
        }
    }

    /** The entry of {@code identity}, else the default entry, else null. */
    public @Nullable Credential of(@Nullable String identity) {
        Credential own = identity == null ? null : bySubject.get(identity);
        return own != null ? own : bySubject.get(Credential.ANYONE);
    }

    private static Credential filled(Credential credential, Variables variables) {
        Login login = credential.login();
        return new Credential(
                credential.subject(),
                filled(credential.headers(), variables),
                filled(credential.fields(), variables),
                login == null
                        ? null
                        : new Login(
                                login.method(),
                                filled(login.path(), variables),
                                filled(login.headers(), variables),
                                filled(login.body(), variables),
                                login.extract(),
                                login.header(),
                                filled(login.template(), variables)));
    }

    private static Map<String, String> filled(Map<String, String> texts, Variables variables) {
        Map<String, String> filled = new LinkedHashMap<>();
        texts.forEach((name, text) -> filled.put(name, filled(text, variables)));
        return filled;
    }

    private static String filled(String text, Variables variables) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = variables.get(match.group(1));
            if (value == null) {
                throw new RetakeException(
                        ErrorCode.CONFIGURATION,
                        "replay.credentials needs the environment variable " + match.group(1) + "; set it.");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
