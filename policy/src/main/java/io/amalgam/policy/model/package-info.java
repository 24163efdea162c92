/** Model configurations, families, weights, and the Hugging Face directories that hold them. */
@NullMarked
package io.amalgam.policy.model;

import org.jspecify.annotations.NullMarked;
