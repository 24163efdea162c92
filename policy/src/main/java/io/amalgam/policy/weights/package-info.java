/** Versions of weights and the deltas between them. */
@NullMarked
package io.amalgam.policy.weights;

import org.jspecify.annotations.NullMarked;
