/**
 * The command line: one class a verb, each of which only reads its options, composes the modules and prints. Start at
 * {@link dev.retake.cli.RetakeCommand}.
 */
@NullMarked
package dev.retake.cli;

import org.jspecify.annotations.NullMarked;
