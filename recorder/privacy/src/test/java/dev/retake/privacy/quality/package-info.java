/** How much of what is labelled in drawn messages is found. Start at {@link dev.retake.privacy.quality.DetectionQualityTest}. */
package dev.retake.privacy.quality;
