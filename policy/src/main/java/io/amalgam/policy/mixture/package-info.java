/** Mixtures of tokens: methods, likelihoods, phases and stop rules. */
@NullMarked
package io.amalgam.policy.mixture;

import org.jspecify.annotations.NullMarked;
