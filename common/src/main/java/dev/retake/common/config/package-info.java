/**
 * Configuration: features declare typed keys, one file sets them; start at {@link dev.retake.common.config.ConfigKey}.
 */
@NullMarked
package dev.retake.common.config;

import org.jspecify.annotations.NullMarked;
