/**
 * Planted values and the exchanges that carry them: each class in each place, under each encoding, split in each way. Start
 * at {@link dev.retake.cli.leak.CaseMatrix}.
 */
package dev.retake.cli.leak;
