/** What each malformed message becomes, in tables and by mutation. Start at {@link dev.retake.proxy.framing.RequestFramingIT}. */
@NullMarked
package dev.retake.proxy.framing;

import org.jspecify.annotations.NullMarked;
