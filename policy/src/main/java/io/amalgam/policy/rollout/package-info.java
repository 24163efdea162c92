/** Trajectories as they are sampled, stored and sent. */
@NullMarked
package io.amalgam.policy.rollout;

import org.jspecify.annotations.NullMarked;
