/** Tasks about truth and inference. */
@NullMarked
package io.amalgam.verifiers.task.logic;

import org.jspecify.annotations.NullMarked;
