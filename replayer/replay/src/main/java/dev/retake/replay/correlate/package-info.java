/** Which values of a session came from the server, learnt from the recording and bound at replay; start at {@link dev.retake.replay.correlate.SessionPlan}. */
@NullMarked
package dev.retake.replay.correlate;

import org.jspecify.annotations.NullMarked;
