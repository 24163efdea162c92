/** Tasks about whole numbers: sums, divisors, factors, counting. */
@NullMarked
package io.amalgam.verifiers.task.arithmetic;

import org.jspecify.annotations.NullMarked;
