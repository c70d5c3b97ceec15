/**
 * What can go wrong in a new build of the demo's shop, each with what a replay should say about it. Start at
 * {@link dev.retake.cli.demo.regression.Regressions}.
 */
@NullMarked
package dev.retake.cli.demo.regression;

import org.jspecify.annotations.NullMarked;
