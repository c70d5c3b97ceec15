/**
 * Writes what a run found, for people and for programs. Everything that was recorded or that a target returned is
 * hostile to the formats it is written in; each writer neutralises it for its own. Start at
 * {@link dev.retake.report.ReportFiles}.
 */
@NullMarked
package dev.retake.report;

import org.jspecify.annotations.NullMarked;
