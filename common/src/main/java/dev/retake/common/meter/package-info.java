/** The one catalogue of meters; start at {@link dev.retake.common.meter.Meter}. */
@NullMarked
package dev.retake.common.meter;

import org.jspecify.annotations.NullMarked;
