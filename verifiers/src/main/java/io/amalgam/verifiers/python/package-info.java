/** The parts of Python whose exact behaviour decides problems and scores. */
@NullMarked
package io.amalgam.verifiers.python;

import org.jspecify.annotations.NullMarked;
