/** Tasks about the rule that maps one coloured grid to another. */
@NullMarked
package io.amalgam.verifiers.task.arc;

import org.jspecify.annotations.NullMarked;
