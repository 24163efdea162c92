/** The actor that turns a finished member into a verdict and a reward. */
@NullMarked
package io.amalgam.actors.verifier;

import org.jspecify.annotations.NullMarked;
