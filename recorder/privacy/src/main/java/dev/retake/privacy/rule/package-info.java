/**
 * Says what a field holds by its name and where it stands; the rules are data. Start at {@link
 * dev.retake.privacy.rule.FieldRules}.
 */
@NullMarked
package dev.retake.privacy.rule;

import org.jspecify.annotations.NullMarked;
