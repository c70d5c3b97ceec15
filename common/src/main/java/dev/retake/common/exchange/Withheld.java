package dev.retake.common.exchange;

/** Why a body was not kept. Its type, size and keyed digest are. */
public enum Withheld {
    BINARY("binary"),
    UNPARSEABLE("unparseable"),
    OVER_CAP("over-cap"),
    SANITIZER_FAILED("sanitizer-failed"),
    POLICY("policy");

    private final String text;

    Withheld(String text) {
        this.text = text;
    }

    /** The name used in every output format. */
    public String text() {
        return text;
    }
}
