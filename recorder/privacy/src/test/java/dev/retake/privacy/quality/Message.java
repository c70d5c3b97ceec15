package dev.retake.privacy.quality;

import dev.retake.common.exchange.Exchange;
import java.util.List;

/** An exchange with what stands in it. */
record Message(Exchange exchange, List<Label> labels) {}
