/**
 * Reissues recorded sessions against a test environment and hands the answers to the verdict. Start at
 * {@link dev.retake.replay.ReplayRun}.
 */
@NullMarked
package dev.retake.replay;

import org.jspecify.annotations.NullMarked;
