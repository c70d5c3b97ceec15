package dev.retake.replay;

import dev.retake.common.exchange.Body;
import dev.retake.common.exchange.Exchange;
import dev.retake.common.exchange.MediaType;
import dev.retake.common.exchange.Outcome;
import dev.retake.common.exchange.Request;
import dev.retake.common.exchange.Response;
import dev.retake.privacy.document.WithheldPart;
import dev.retake.replay.guard.SafeMethods;
import org.jspecify.annotations.Nullable;

/** Tells exchanges that can be replayed from those that cannot, by the name under which the latter are counted. */
final class Playability {
    static final String INCOMPLETE = "incomplete";
    static final String CREDENTIALS = "credentials";

    /** It was sent, for what it does to the target; the recording has nothing to compare its answer with. */
    static final String NO_RESPONSE = "no-response";

    /** The client had the validator from before the recording, so 200 in the place of 304 says nothing. */
    static final String STALE_VALIDATOR = "stale-validator";

    /** RPCs need HTTP/2 to the end, which a replay does not speak; gRPC-Web and Connect do not. */
    private static final String GRPC = "grpc";

    private Playability() {}

    /** Why {@code exchange} is not sent, null where it is. */
    static @Nullable String skipReason(Exchange exchange, SafeMethods safe) {
        Request request = exchange.request();
        Body body = request.body();
        Response response = exchange.response();
        if (exchange.outcome() == Outcome.UPGRADED
                || response != null && response.status() == 101
                || request.method().equals("CONNECT")) {
            return "upgrade";
        }
        if (isGrpc(request)) {
            return GRPC;
        }
        if (body.withheld() != null || hasWithheldPart(request)) {
            return "body-withheld";
        }
        if (body.truncated()) {
            return "body-truncated";
        }
        return safe.allow(request) ? null : "unsafe-method";
    }

    /** {@code application/grpc}, also with {@code +proto} and the like. */
    private static boolean isGrpc(Request request) {
        String essence =
                MediaType.parse(request.headers().first("Content-Type")).essence();
        return essence.equals("application/grpc") || essence.startsWith("application/grpc+");
    }

    /** A note in place of a part says that there was one, and is nothing that a service should get. */
    private static boolean hasWithheldPart(Request request) {
        MediaType type = MediaType.parse(request.headers().first("Content-Type"));
        return type.family() == MediaType.Family.MULTIPART
                && WithheldPart.isIn(request.body().bytes());
    }

    /** Whether the recorded response ended because of a failure and not because it was whole. */
    static boolean isCutShort(Exchange exchange) {
        return exchange.outcome() != Outcome.COMPLETE;
    }
}
