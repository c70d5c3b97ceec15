/**
 * Anonymizes data of any length by the keys and rules of capture, so that a test database and recorded sessions agree.
 * Start at {@link dev.retake.privacy.anonymize.DataStream}.
 */
@NullMarked
package dev.retake.privacy.anonymize;

import org.jspecify.annotations.NullMarked;
