/** Advantages: how much better than its group each trajectory did. */
@NullMarked
package io.amalgam.policy.train.advantage;

import org.jspecify.annotations.NullMarked;
