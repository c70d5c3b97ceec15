/**
 * Coverage-guided fuzz targets. In the build each runs over its inputs in {@code src/test/resources}; {@code .ci/fuzz}
 * looks for new ones.
 */
package dev.retake.privacy.fuzz;
