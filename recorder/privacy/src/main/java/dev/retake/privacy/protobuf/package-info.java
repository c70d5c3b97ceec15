/**
 * Reads protobuf's wire format by the descriptors that a user gives, and walks its messages down to their values. Start at
 * {@link dev.retake.privacy.protobuf.ProtobufWalker}, and at {@link dev.retake.privacy.protobuf.Descriptors} for what
 * says which message a body is.
 */
@NullMarked
package dev.retake.privacy.protobuf;

import org.jspecify.annotations.NullMarked;
