/**
 * {@code retake demo}: the whole loop on real sockets, from a shop in production to a verdict about its next build. Start
 * at {@link dev.retake.cli.demo.Demo}.
 */
@NullMarked
package dev.retake.cli.demo;

import org.jspecify.annotations.NullMarked;
