/** Which request goes to which upstream, and what holds for it on the way. Start at {@link dev.retake.proxy.route.RouteTable}. */
@NullMarked
package dev.retake.proxy.route;

import org.jspecify.annotations.NullMarked;
