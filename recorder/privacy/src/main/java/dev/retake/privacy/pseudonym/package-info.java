/**
 * Replaces values by keyed, consistent surrogates that are valid in format and belong to nobody; start at {@link
 * dev.retake.privacy.pseudonym.Pseudonyms}.
 */
@NullMarked
package dev.retake.privacy.pseudonym;

import org.jspecify.annotations.NullMarked;
