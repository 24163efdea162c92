/** Tasks about recognising a pattern. */
@NullMarked
package io.amalgam.verifiers.task.cognition;

import org.jspecify.annotations.NullMarked;
