/**
 * Held-out accuracy of a model, read out in several modes: the run's own mixtures, discrete
 * sampling, greedy decoding. Plain classes without actors.
 */
@NullMarked
package io.amalgam.actors.evaluation;

import org.jspecify.annotations.NullMarked;
