package io.amalgam.verifiers.task.geometry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;

/** A triangle with whole coordinates. */
record Triangle(Point a, Point b, Point c) {

  /** A point or a vector. */
  record Point(BigInteger x, BigInteger y) {
    Point minus(Point other) {
      return new Point(x.subtract(other.x), y.subtract(other.y));
    }

    BigInteger dot(Point other) {
      return x.multiply(other.x).add(y.multiply(other.y));
    }

    BigInteger cross(Point other) {
      return x.multiply(other.y).subtract(y.multiply(other.x));
    }

    BigInteger square() {
      return dot(this);
    }

    /** The coordinates as the question shows them. */
    String text() {
      return "(" + x + ", " + y + ")";
    }

    ArrayNode json() {
      return JsonNodeFactory.instance.arrayNode().add(x.toString()).add(y.toString());
    }
  }

  /** Twice the area, negative for clockwise corners. */
  BigInteger twiceArea() {
    return b.minus(a).cross(c.minus(a));
  }

  /** Numerators of the orthocentre; the denominator is {@link #twiceArea}. */
  Point orthocentre() {
    // (H - A)·(C - B) = 0 and (H - B)·(A - C) = 0, solved by Cramer's rule.
    Point bc = c.minus(b);
    Point ca = a.minus(c);
    BigInteger first = a.dot(bc);
    BigInteger second = b.dot(ca);
    return new Point(
        first.multiply(ca.y).subtract(second.multiply(bc.y)),
        second.multiply(bc.x).subtract(first.multiply(ca.x)));
  }
}
