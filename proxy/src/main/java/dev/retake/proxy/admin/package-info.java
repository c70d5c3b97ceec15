/** The listener for operators: health, readiness, metrics. Start at {@link dev.retake.proxy.admin.AdminServer}. */
@NullMarked
package dev.retake.proxy.admin;

import org.jspecify.annotations.NullMarked;
