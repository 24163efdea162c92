package io.amalgam.verifiers.task.algebra;

/** A complex number of two doubles. */
record ComplexDouble(double re, double im) {
  ComplexDouble plus(ComplexDouble other) {
    return new ComplexDouble(re + other.re, im + other.im);
  }

  ComplexDouble minus(ComplexDouble other) {
    return new ComplexDouble(re - other.re, im - other.im);
  }

  ComplexDouble times(ComplexDouble other) {
    return new ComplexDouble(re * other.re - im * other.im, re * other.im + im * other.re);
  }
}
