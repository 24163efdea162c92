/** Policy losses: from log-probs and advantages to a number and its gradient, in plain Java. */
@NullMarked
package io.amalgam.policy.train.loss;

import org.jspecify.annotations.NullMarked;
