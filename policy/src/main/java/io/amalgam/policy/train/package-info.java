/** Advantages, losses, replay and the optimiser. */
@NullMarked
package io.amalgam.policy.train;

import org.jspecify.annotations.NullMarked;
