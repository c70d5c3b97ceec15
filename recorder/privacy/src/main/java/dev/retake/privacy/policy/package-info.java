/**
 * Decides on what no rule and no detector knows: kept by {@code detect}, kept once enough sessions have had it by {@code
 * crowd}, replaced by {@code deny}. Start at {@link dev.retake.privacy.policy.PolicyRemainder}.
 */
@NullMarked
package dev.retake.privacy.policy;

import org.jspecify.annotations.NullMarked;
