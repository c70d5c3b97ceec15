/**
 * Brings differences of a whole run together by their cause; start at {@link dev.retake.verdict.cluster.Causes}.
 */
@NullMarked
package dev.retake.verdict.cluster;

import org.jspecify.annotations.NullMarked;
