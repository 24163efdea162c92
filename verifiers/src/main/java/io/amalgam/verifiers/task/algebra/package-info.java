/** Tasks about equations, polynomials, complex numbers and integrals. */
@NullMarked
package io.amalgam.verifiers.task.algebra;

import org.jspecify.annotations.NullMarked;
