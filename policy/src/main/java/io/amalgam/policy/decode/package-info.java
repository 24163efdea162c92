/** Continuous batching: slots of sequences that advance one decode step at a time. */
@NullMarked
package io.amalgam.policy.decode;

import org.jspecify.annotations.NullMarked;
