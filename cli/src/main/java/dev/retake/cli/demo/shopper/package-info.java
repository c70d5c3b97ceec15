/**
 * The users of the demo's shop: thirty visits at the same time, each different, each the same for the same seed. Start
 * at {@link dev.retake.cli.demo.shopper.Shoppers}.
 */
@NullMarked
package dev.retake.cli.demo.shopper;

import org.jspecify.annotations.NullMarked;
