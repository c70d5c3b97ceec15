package dev.retake.proxy.forward;

import dev.retake.proxy.http1.HeadLimits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How client connections are served.
 *
 * @param limits of heads
 * @param requestBody bytes of a request body, 0 for no limit
 * @param connections served at once
 * @param clients what each and all of them may take
 * @param observe whether what would be refused passes unread instead
 * @param added fields that requests get
 * @param timeouts of each phase
 * @param trustedReplayers clients whose {@code X-Retake-Run} passes
 * @param subjectField tells the upstream the subject of a client's certificate, null for none; clients cannot send it
 */
public record ForwardSettings(
        HeadLimits limits,
        long requestBody,
        int connections,
        ClientLimits clients,
        boolean observe,
        AddedFields added,
        Timeouts timeouts,
        List<Cidr> trustedReplayers,
        @Nullable String subjectField) {

    /**
     * How long each phase may last.
     *
     * @param head from a head's first byte to its last
     * @param keepAlive between exchanges
     * @param requestBody without progress
     * @param response from the whole request to the response's head
     * @param stream without progress, of a response body or an upgraded connection
     * @param send in which the client takes nothing of what waits for it
     */
    public record Timeouts(
            Duration head,
            Duration keepAlive,
            Duration requestBody,
            Duration response,
            Duration stream,
            Duration send) {}
}
