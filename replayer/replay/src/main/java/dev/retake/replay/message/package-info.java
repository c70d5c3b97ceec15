/**
 * Takes messages apart into values with their places, and puts changed values back without touching anything else; start
 * at {@link dev.retake.replay.message.RequestSlots} and {@link dev.retake.replay.message.ResponseLeaves}.
 */
@NullMarked
package dev.retake.replay.message;

import org.jspecify.annotations.NullMarked;
