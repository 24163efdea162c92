/** A small computer algebra: exact numbers, elementary functions, derivatives, zero tests. */
@NullMarked
package io.amalgam.verifiers.algebra;

import org.jspecify.annotations.NullMarked;
