package dev.retake.proxy.route;

/** Whether something matches, where servers may read it differently. */
enum Match {
    NO,
    YES,
    /** By one reading it does, by another it does not. */
    EITHER
}
