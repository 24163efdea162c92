/**
 * Supervised warm start: a small model learns to write worked solutions of our own tasks, so that
 * reinforcement learning starts from a policy that thinks in steps. Uses tasks and policy, but no
 * actor.
 */
@NullMarked
package io.amalgam.actors.pretraining;

import org.jspecify.annotations.NullMarked;
