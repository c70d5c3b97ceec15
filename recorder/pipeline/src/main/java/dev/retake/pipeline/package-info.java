/**
 * Raw exchange in, sanitized record out: a bounded queue, assembly, session identity and the ledger. Start at
 * {@link dev.retake.pipeline.CaptureSink}, what the proxy sees of it.
 */
@NullMarked
package dev.retake.pipeline;

import org.jspecify.annotations.NullMarked;
