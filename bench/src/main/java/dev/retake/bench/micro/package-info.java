/** Microbenchmarks of what every exchange passes through; run by {@code bench/run jmh}. */
@NullMarked
package dev.retake.bench.micro;

import org.jspecify.annotations.NullMarked;
