/**
 * Messages read out of the bytes of a stream: frames of a WebSocket, and when the events of an event stream passed. Start at
 * {@link dev.retake.pipeline.stream.WebSocketReader}.
 */
@NullMarked
package dev.retake.pipeline.stream;

import org.jspecify.annotations.NullMarked;
