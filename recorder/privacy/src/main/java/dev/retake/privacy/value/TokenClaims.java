package dev.retake.privacy.value;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Sanitizes header and claims of JSON Web Tokens (RFC 7519 §4, §5) by the rules for JSON. What becomes of them depends on
 * nothing but the token, neither on the exchange that it stands in nor on how it is encoded there, so that a token has one
 * surrogate everywhere. Claims are about a user (OpenID Connect Core 1.0 §5.1): {@code name} is a person's.
 */
final class TokenClaims {
    /** How many tokens within claims are looked into. */
    private static final int DEEPEST = 4;

    private static final byte[] USER = "user".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_MEMBERS = {'{', '}'};

    private final Fields fields;
    private final int nesting;
    private final NestedDocuments nested;
    private final int depth;
    private final Learnt learnt = new Learnt();

    /** Made when the first token comes, since it has claims of its own. */
    private @Nullable Leaves leaves;

    TokenClaims(Fields fields, int nesting, NestedDocuments nested) {
        this(fields, nesting, nested, 0);
    }

    private TokenClaims(Fields fields, int nesting, NestedDocuments nested, int depth) {
        this.fields = fields;
        this.nesting = nesting;
        this.nested = nested;
        this.depth = depth;
    }

    /** The sanitized form of {@code json}, an object; one without members where it is none or lies too deep. */
    byte[] sanitize(byte[] json, Replacer replacer, @Nullable Remainder remainder) {
        if (depth == DEEPEST) {
            return NO_MEMBERS;
        }
        Leaves walking = leaves;
        if (walking == null) {
            TokenClaims inner = new TokenClaims(fields, nesting, nested, depth + 1);
            walking = new Leaves(fields, replacer, learnt, new LeafMemory(0), nesting, nested, inner);
            leaves = walking;
        }
        walking.remainder(remainder);
        walking.begin(replacer, "");
        byte[] claims = walk(walking, json);
        return learnt.endFirstWalk() ? walk(walking, json) : claims;
    }

    private byte[] walk(Leaves walking, byte[] json) {
        Edits edits = new Edits();
        Field user = fields.json().child(USER, 0, USER.length);
        int end = nested.json(walking, user, json, 0, json.length, 0, edits);
        return end < json.length ? NO_MEMBERS : edits.apply(json, 0, json.length);
    }
}
