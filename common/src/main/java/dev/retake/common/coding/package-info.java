/** Content codings (RFC 9110 §8.4) taken off, within bounds; start at {@link dev.retake.common.coding.ContentDecoder}. */
@NullMarked
package dev.retake.common.coding;

import org.jspecify.annotations.NullMarked;
