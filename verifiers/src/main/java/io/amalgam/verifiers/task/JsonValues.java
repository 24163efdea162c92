package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.math.BigInteger;
import java.util.List;

/**
 * JSON numbers and lists in the smallest node type that holds them, so that they equal parsed ones.
 */
public final class JsonValues {
  private JsonValues() {}

  /** A whole number. */
  public static NumericNode integer(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return IntNode.valueOf(value.intValueExact());
    }
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValueExact())
        : BigIntegerNode.valueOf(value);
  }

  /** A list of whole numbers. */
  public static ArrayNode integers(List<BigInteger> values) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> list.add(integer(value)));
    return list;
  }

  /** The pair {@code [low, high]}. */
  public static ArrayNode range(BigInteger low, BigInteger high) {
    return integers(List.of(low, high));
  }

  /** The pair {@code [low, high]}. */
  public static ArrayNode range(int low, int high) {
    return JsonNodeFactory.instance.arrayNode(2).add(low).add(high);
  }
}
