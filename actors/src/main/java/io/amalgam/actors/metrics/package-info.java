/**
 * What a person or a monitor sees of a run: the metrics file, the progress line, Prometheus
 * collectors, the status pages, the reward plot and the closing table. {@code docs/metrics.md}
 * explains every figure.
 */
@NullMarked
package io.amalgam.actors.metrics;

import org.jspecify.annotations.NullMarked;
