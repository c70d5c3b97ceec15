package dev.retake.pipeline;

import dev.retake.common.exchange.Exchange;
import dev.retake.privacy.SanitizedExchange;

/** The step from raw to sanitized; in production the sanitizer of the privacy module. */
@FunctionalInterface
interface SanitizeStep {
    SanitizedExchange sanitize(Exchange raw);
}
