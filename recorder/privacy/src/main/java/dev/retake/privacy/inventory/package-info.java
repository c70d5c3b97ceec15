/**
 * Which fields of which operations carry which classes of data: an aggregate that is filled while exchanges are sanitized.
 * Start at {@link dev.retake.privacy.inventory.FieldInventory}.
 */
@NullMarked
package dev.retake.privacy.inventory;

import org.jspecify.annotations.NullMarked;
