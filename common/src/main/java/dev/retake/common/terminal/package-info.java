/** What may be written to a terminal; start at {@link dev.retake.common.terminal.VisibleText}. */
@NullMarked
package dev.retake.common.terminal;

import org.jspecify.annotations.NullMarked;
