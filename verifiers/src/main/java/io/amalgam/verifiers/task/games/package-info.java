/** Number and board games. */
@NullMarked
package io.amalgam.verifiers.task.games;

import org.jspecify.annotations.NullMarked;
