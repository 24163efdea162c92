/**
 * Language models that run, think in mixtures and train on the JVM; usable without an actor system.
 */
@NullMarked
package io.amalgam.policy;

import org.jspecify.annotations.NullMarked;
