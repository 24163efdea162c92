package io.amalgam.actors.bench;

import java.util.Optional;

/**
 * One line of the speed table to be.
 *
 * @param anchor what ours is measured beside
 * @param quantity the figure that is compared: ratio = ours / the anchor's
 * @param target the ratio to reach, if there is one
 */
record Comparison(Anchor anchor, Quantity quantity, Optional<Target> target) {}
