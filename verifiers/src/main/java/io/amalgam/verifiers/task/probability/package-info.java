/** Tasks that ask for probabilities. */
@NullMarked
package io.amalgam.verifiers.task.probability;

import org.jspecify.annotations.NullMarked;
