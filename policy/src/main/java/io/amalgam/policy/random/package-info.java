/** Counter-based randomness keyed by what is drawn, not by when. */
@NullMarked
package io.amalgam.policy.random;

import org.jspecify.annotations.NullMarked;
