/** How verdicts become the reward that a policy is trained on. */
@NullMarked
package io.amalgam.verifiers.reward;

import org.jspecify.annotations.NullMarked;
