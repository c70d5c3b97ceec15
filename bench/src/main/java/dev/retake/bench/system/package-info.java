/** The side-by-side benchmark of whole proxies; start at {@link dev.retake.bench.system.SystemBench}. */
@NullMarked
package dev.retake.bench.system;

import org.jspecify.annotations.NullMarked;
