/** Tasks that a known algorithm solves. */
@NullMarked
package io.amalgam.verifiers.task.algorithmic;

import org.jspecify.annotations.NullMarked;
