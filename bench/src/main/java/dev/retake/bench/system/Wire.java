package dev.retake.bench.system;

/** What clients speak with a proxy; between it and the backend it is HTTP/1.1 in cleartext. */
enum Wire {
    HTTP1("HTTP/1.1"),
    HTTP1_TLS("HTTP/1.1, TLS"),
    HTTP2("HTTP/2"),
    HTTP2_TLS("HTTP/2, TLS");

    private final String title;

    Wire(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean tls() {
        return this == HTTP1_TLS || this == HTTP2_TLS;
    }

    boolean http2() {
        return this == HTTP2 || this == HTTP2_TLS;
    }
}
