package dev.retake.pipeline.session;

/**
 * A subject by which two can be compared.
 *
 * @param kind key of the namespace of its name
 * @param name key of the name in that namespace
 */
record SubjectKey(IdentityKey kind, IdentityKey name) {}
