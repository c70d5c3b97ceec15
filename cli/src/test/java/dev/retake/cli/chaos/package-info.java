/** What capture depends on breaks and heals under traffic; start at {@link dev.retake.cli.chaos.ChaosIT}. */
@NullMarked
package dev.retake.cli.chaos;

import org.jspecify.annotations.NullMarked;
