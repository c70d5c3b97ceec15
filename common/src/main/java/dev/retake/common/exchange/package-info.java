/** One recorded request/response pair and its parts; start at {@link dev.retake.common.exchange.Exchange}. */
@NullMarked
package dev.retake.common.exchange;

import org.jspecify.annotations.NullMarked;
