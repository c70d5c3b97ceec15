package dev.retake.privacy.rule;

/** Where in an exchange a named value stands. */
public enum Place {
    /** A path segment; its name is the segment before it. */
    PATH,
    /** A query or matrix parameter. */
    QUERY,
    /** A header or trailer. */
    HEADER,
    COOKIE,
    /** A field of a URL-encoded or multipart form. */
    FORM,
    /** A member of a JSON object, or what nests like one (GraphQL variables, protobuf fields, JWT claims). */
    JSON,
    /** An element or attribute of XML or HTML. */
    XML,
    /** A column of CSV or TSV. */
    CSV,
    /** {@code name: value} or {@code name=value} in plain text. */
    TEXT
}
