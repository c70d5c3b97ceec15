package dev.retake.privacy.scan;

/** Told what a {@link RecordScanner} comes upon. */
public interface RecordListener {
    /**
     * A value stands in a record where it should not.
     *
     * @param field the part of the exchange, as {@code request target}, {@code response body} or {@code request header
     *     Referer}; never a name that is itself a leak
     */
    void leaked(String field, Leak leak);

    /** A part was not looked at to its end, for {@code reason}. */
    void unread(String field, String reason);
}
