/** Tasks that ask for a rule behind examples. */
@NullMarked
package io.amalgam.verifiers.task.induction;

import org.jspecify.annotations.NullMarked;
