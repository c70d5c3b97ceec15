package dev.retake.proxy.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an upstream's addresses are asked whether they are well.
 *
 * @param path of the GET request, query included
 * @param host its Host field, null for that of the URL
 * @param interval between two requests to one address
 * @param timeout for an answer, connecting included
 * @param status the one that an answer must have, or 2 for any of 200 to 299 (1 to 5 in the same way)
 * @param healthyAfter answers in a row that make an address healthy again
 * @param unhealthyAfter failures in a row that make it unhealthy
 */
public record HealthSettings(
        String path,
        @Nullable String host,
        Duration interval,
        Duration timeout,
        int status,
        int healthyAfter,
        int unhealthyAfter) {

    /** Whether an answer with {@code actual} is one of a healthy address. */
    public boolean accepts(int actual) {
        return status < 10 ? actual / 100 == status : actual == status;
    }
}
