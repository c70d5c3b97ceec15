/** HAR 1.2 files of any producer, read as a stream; start at {@link dev.retake.pipeline.har.HarReader}. */
@NullMarked
package dev.retake.pipeline.har;

import org.jspecify.annotations.NullMarked;
