/**
 * The service that the demo records: a small shop with logins, carts and orders, over real sockets. It knows nothing of
 * Retake. Start at {@link dev.retake.cli.demo.shop.Shop}.
 */
@NullMarked
package dev.retake.cli.demo.shop;

import org.jspecify.annotations.NullMarked;
