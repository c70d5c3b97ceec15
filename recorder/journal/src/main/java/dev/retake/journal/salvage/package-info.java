/** How what is whole is saved from a damaged journal; start at {@link dev.retake.journal.salvage.Carver}. */
@NullMarked
package dev.retake.journal.salvage;

import org.jspecify.annotations.NullMarked;
