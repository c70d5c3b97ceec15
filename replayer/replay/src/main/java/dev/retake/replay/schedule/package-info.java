/** When each request is sent, and how late it was; start at {@link dev.retake.replay.schedule.Schedule}. */
@NullMarked
package dev.retake.replay.schedule;

import org.jspecify.annotations.NullMarked;
