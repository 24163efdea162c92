/** Word problems at primary-school level, drawn from 85 stories. */
@NullMarked
package io.amalgam.verifiers.task.arithmetic.gsm;

import org.jspecify.annotations.NullMarked;
