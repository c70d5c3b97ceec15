package dev.retake.common.meter;

import java.util.List;

/**
 * Every meter that Retake publishes. {@code docs/metrics.md} is generated from this list, and a test holds it complete.
 * No tag ever takes a value from traffic.
 */
public enum Meter {
    FORWARDED(
            "retake.exchanges.forwarded",
            Kind.COUNTER,
            "exchanges",
            "Completed exchanges that the parser accepted. Equals captured + sampled out + excluded + dropped + unknown."),
    CAPTURED("retake.exchanges.captured", Kind.COUNTER, "exchanges", "Exchanges written to the journal, durably."),
    DROPPED(
            "retake.exchanges.dropped",
            Kind.COUNTER,
            "exchanges",
            "Exchanges that were forwarded and not captured. Alert when this grows: sessions become incomplete.",
            "reason"),
    EXCLUDED(
            "retake.exchanges.excluded",
            Kind.COUNTER,
            "exchanges",
            "Exchanges that are not to be captured: of trusted replayers, and of routes that say so."),
    SAMPLED_OUT("retake.exchanges.sampled.out", Kind.COUNTER, "exchanges", "Exchanges left out by sampling."),
    CAPTURE_ON(
            "retake.capture.on",
            Kind.GAUGE,
            "sidecars",
            "1 while what passes is recorded, 0 while it is only forwarded. Alert on 0: /readyz and the log say why."),
    WITHHELD("retake.bodies.withheld", Kind.COUNTER, "bodies", "Bodies that were not kept.", "reason"),
    TRUNCATED("retake.bodies.truncated", Kind.COUNTER, "bodies", "Bodies cut at the capture cap."),
    MESSAGES(
            "retake.messages.captured",
            Kind.COUNTER,
            "messages",
            "Messages of WebSockets and events of event streams that were recorded.",
            "protocol"),
    WEB_SOCKETS_CUT(
            "retake.websockets.cut",
            Kind.COUNTER,
            "connections",
            "WebSockets of which more passed than was recorded. The traffic was not cut. Alert on protocol: its messages"
                    + " cannot be read.",
            "reason"),
    REFUSED("retake.requests.refused", Kind.COUNTER, "requests", "Requests answered by the proxy itself.", "status"),
    WOULD_REFUSE(
            "retake.messages.would.refuse",
            Kind.COUNTER,
            "messages",
            "Messages that passed only because the proxy observes; it would have answered with this status.",
            "status"),
    UPSTREAM_FAILURES(
            "retake.upstream.failures",
            Kind.COUNTER,
            "exchanges",
            "Failures of an upstream, by its name in the configuration.",
            "upstream",
            "kind"),
    CONNECTIONS("retake.connections", Kind.GAUGE, "connections", "Client connections that are open."),
    UPSTREAM_CONNECTIONS(
            "retake.upstream.connections", Kind.GAUGE, "connections", "Upstream connections that are open."),
    UPSTREAM_ADDRESSES(
            "retake.upstream.addresses",
            Kind.GAUGE,
            "addresses",
            "Addresses of an upstream, by its name in the configuration and by state: healthy, or unhealthy, which are used"
                    + " only where no other is left. Alert where all are unhealthy.",
            "upstream",
            "state"),
    UPSTREAM_AVOIDED(
            "retake.upstream.avoided",
            Kind.COUNTER,
            "addresses",
            "Times that an address was put aside for a while, since it took no connection or broke off several in a row.",
            "upstream"),
    HEALTH_CHECKS(
            "retake.upstream.health.checks",
            Kind.COUNTER,
            "checks",
            "Health checks of an upstream's addresses, by result: passed or failed.",
            "upstream",
            "result"),
    RELAY_MEMORY(
            "retake.relay.memory",
            Kind.GAUGE,
            "bytes",
            "Direct memory that the relay's buffers hold. Past proxy.limits.memory new work gets 503."),
    ARRIVAL_FAILURES(
            "retake.connections.failed",
            Kind.COUNTER,
            "connections",
            "Client connections that ended before they could bring a request: a TLS handshake that failed, was too slow or"
                    + " too large, no TLS at all, or a PROXY protocol header that is malformed, missing or of a stranger.",
            "kind"),
    HTTP2_ERRORS(
            "retake.http2.errors",
            Kind.COUNTER,
            "connections",
            "HTTP/2 connections ended because the peer broke the protocol, by RFC 9113's name of the error;"
                    + " enhance-your-calm is a client past one of the limits under proxy.http2.",
            "error"),
    TLS_RELOADS(
            "retake.tls.reloads",
            Kind.COUNTER,
            "reloads",
            "Certificates, keys and authorities that changed and were taken up (ok), or could not be used, so that the old"
                    + " ones stay (failed). Alert on failed.",
            "result"),
    TLS_EXPIRY(
            "retake.tls.certificate.expiry",
            Kind.GAUGE,
            "seconds",
            "When the first of the listener's certificates expires, in seconds since 1970. Alert when it is near."),
    TLS_NATIVE(
            "retake.tls.native",
            Kind.GAUGE,
            "implementations",
            "1 where clients' TLS is done by BoringSSL, 0 by the JDK."),
    CAPTURE_BUDGET("retake.capture.budget.used", Kind.GAUGE, "bytes", "Bytes of the capture budget in use."),
    QUEUE("retake.pipeline.queue", Kind.GAUGE, "exchanges", "Exchanges waiting for the recorder."),
    SESSIONS("retake.sessions.open", Kind.GAUGE, "sessions", "Sessions that may still get exchanges."),
    SESSIONS_EVICTED(
            "retake.sessions.evicted",
            Kind.COUNTER,
            "sessions",
            "Sessions closed early because too many were open. Raise recorder.session.maxOpen when this grows."),
    FIELDS_NEW_CLASSES(
            "retake.fields.new.classes",
            Kind.COUNTER,
            "fields",
            "Fields that carried a class of data for the first time. Alert when this grows once the API is known: look at"
                    + " retake inventory --since-last."),
    FIELDS_REMOVED(
            "retake.fields.removed",
            Kind.COUNTER,
            "fields",
            "Fields of protobuf messages that no descriptor has, and that were removed. When this grows, the sets in"
                    + " privacy.descriptors are older than the services."),
    JOURNAL_BYTES("retake.journal.bytes", Kind.GAUGE, "bytes", "Size of the journal on disk."),
    VAULT_VALUES("retake.vault.values", Kind.COUNTER, "values", "Replaced values that were handed to the vault."),
    VAULT_KNOWN(
            "retake.vault.known",
            Kind.COUNTER,
            "values",
            "Of those, values that were stored on this day already: its share is the rate at which the vault's cache hits."),
    VAULT_STORED("retake.vault.stored", Kind.COUNTER, "values", "Values that were put into the vault, durably."),
    VAULT_DROPPED(
            "retake.vault.dropped",
            Kind.COUNTER,
            "values",
            "Values that were not put into the vault: it could not be opened, failed, or was behind. Alert when this grows:"
                    + " their surrogates cannot be revealed.");

    /** What a meter measures. */
    public enum Kind {
        COUNTER,
        GAUGE,
        TIMER
    }

    private final String meterName;
    private final Kind kind;
    private final String unit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> tags;

    Meter(String meterName, Kind kind, String unit, String description, String... tags) {
        this.meterName = meterName;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** Its name in Micrometer's dotted form. */
    public String meterName() {
        return meterName;
    }

    public Kind kind() {
        return kind;
    }

    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Names of its tags, in order. */
    public List<String> tags() {
        return tags;
    }
}
