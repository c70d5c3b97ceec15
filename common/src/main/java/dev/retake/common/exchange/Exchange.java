package dev.retake.common.exchange;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request and what became of it. Immutable, as are its parts; byte arrays inside are never written after construction.
 *
 * <p>The type says nothing about whether the content is sanitized: what may reach a disk is a
 * {@code SanitizedExchange} of the privacy module, and only that module makes one. {@link #toString()} therefore shows
 * no content.
 *
 * @param id UUIDv7 (RFC 9562 §5.7); its time is when the request's first byte arrived
 * @param node name of the recorder that saw it
 * @param connection number of the client connection, unique for one run of a node
 * @param session id of the session, a keyed hash in lower-case hex
 * @param sequence position in the session, counted from 1
 * @param identity surrogate of the session's subject, null where the session is anonymous
 * @param request what the client sent
 * @param response what the client got back, null where the upstream gave none
 * @param informational interim responses (1xx) in order, without bodies
 * @param timings when what happened
 * @param outcome how it ended
 * @param traceparent the W3C trace context as it came, null where there was none
 * @param policyVersion version of the sanitizing policy that was applied; 0 before sanitizing
 * @param messages what passed after an upgrade to WebSocket; null where that was not, or was not captured
 */
public record Exchange(
        UUID id,
        String node,
        long connection,
        String session,
        int sequence,
        @Nullable String identity,
        Request request,
        @Nullable Response response,
        List<Informational> informational,
        Timings timings,
        Outcome outcome,
        @Nullable String traceparent,
        int policyVersion,
        @Nullable Messages messages) {

    public Exchange {
        informational = List.copyOf(informational);
    }

    /** An exchange after which no messages were captured. */
    public Exchange(
            UUID id,
            String node,
            long connection,
            String session,
            int sequence,
            @Nullable String identity,
            Request request,
            @Nullable Response response,
            List<Informational> informational,
            Timings timings,
            Outcome outcome,
            @Nullable String traceparent,
            int policyVersion) {
        this(
                id,
                node,
                connection,
                session,
                sequence,
                identity,
                request,
                response,
                informational,
                timings,
                outcome,
                traceparent,
                policyVersion,
                null);
    }

    /** The same exchange with what passed after it. */
    public Exchange withMessages(@Nullable Messages passed) {
        return new Exchange(
                id,
                node,
                connection,
                session,
                sequence,
                identity,
                request,
                response,
                informational,
                timings,
                outcome,
                traceparent,
                policyVersion,
                passed);
    }

    /** The id alone: content never shows in a log. */
    @Override
    public String toString() {
        return "Exchange[" + id + "]";
    }
}
