package dev.retake.pipeline.har;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of a HAR as it was written; what was missing keeps the value that it has here. For one thread. */
final class HarEntry {
    /** Names and values, alternating. */
    final List<String> requestHeaders = new ArrayList<>();

    final List<String> requestCookies = new ArrayList<>();
    final List<String> responseHeaders = new ArrayList<>();
    final List<String> responseCookies = new ArrayList<>();
    final List<Param> params = new ArrayList<>();

    @Nullable
    String started;

    /** Milliseconds; -1 for unknown, as in {@link #timings}. */
    double time = -1;

    @Nullable
    String error;

    @Nullable
    String resourceType;

    boolean fromCache;
    boolean hasRequest;
    String method = "GET";
    String url = "";
    String requestVersion = "";

    @Nullable
    String postType;

    @Nullable
    String postText;

    @Nullable
    String postEncoding;

    double requestBodySize = -1;
    boolean hasResponse;
    int status;
    String statusText = "";
    String responseVersion = "";
    String redirectUrl = "";

    @Nullable
    String contentType;

    @Nullable
    String contentText;

    @Nullable
    String contentEncoding;

    double contentSize = -1;
    double responseBodySize = -1;
    double transferSize = -1;
    final Phases timings = new Phases();

    /** A field of a posted form. */
    record Param(
            String name,
            @Nullable String value,
            @Nullable String fileName,
            @Nullable String type) {}

    /** How long each phase took, in milliseconds, -1 where it is not known. */
    static final class Phases {
        double blocked = -1;
        double dns = -1;
        double connect = -1;
        double send = -1;
        double await = -1;
        double receive = -1;
    }
}
