/** Arithmetic written as Python or SymPy would read it, evaluated without running code. */
@NullMarked
package io.amalgam.verifiers.python.expression;

import org.jspecify.annotations.NullMarked;
