/** How a policy version travels from the learner to the generators. */
@NullMarked
package io.amalgam.actors.weights;

import org.jspecify.annotations.NullMarked;
