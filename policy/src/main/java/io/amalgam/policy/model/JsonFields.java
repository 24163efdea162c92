package io.amalgam.policy.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The fields of a JSON object, with errors that name the field. A field that is absent and one that
 * is null are told apart where a family's published default is not null.
 *
 * @param object the object
 * @param place what it is called in messages
 */
record JsonFields(JsonNode object, String place) {
  /** Whether the field is there, null or not. */
  boolean has(String field) {
    return object.has(field);
  }

  /** Whether the field is there and not null. */
  boolean given(String field) {
    return object.hasNonNull(field);
  }

  /** A whole number of at least 1. */
  int size(String field) {
    if (!given(field)) {
      throw new ModelFormatException(place + " lacks the number " + field);
    }
    return size(field, object.path(field));
  }

  /** A whole number of at least 1; the first default when absent, the second when null. */
  int size(String field, int absent, int isNull) {
    return !has(field) ? absent : given(field) ? size(field) : isNull;
  }

  private int size(String field, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 1) {
      throw wrong(field, "must be a whole number from 1 to " + Integer.MAX_VALUE);
    }
    return value.asInt();
  }

  /** A number above 0; {@code otherwise} when absent or null. */
  double positive(String field, double otherwise) {
    if (!given(field)) {
      return otherwise;
    }
    JsonNode value = object.path(field);
    if (!value.isNumber() || !(value.asDouble() > 0) || Double.isInfinite(value.asDouble())) {
      throw wrong(field, "must be a number above 0");
    }
    return value.asDouble();
  }

  /** A number above 0 that must be there. */
  double positive(String field) {
    if (!given(field)) {
      throw new ModelFormatException(place + " lacks the number " + field);
    }
    return positive(field, 1);
  }

  /** True or false; {@code otherwise} when absent or null. */
  boolean flag(String field, boolean otherwise) {
    if (!given(field)) {
      return otherwise;
    }
    if (!object.path(field).isBoolean()) {
      throw wrong(field, "must be true or false");
    }
    return object.path(field).asBoolean();
  }

  /** A text; empty when absent or null. */
  Optional<String> text(String field) {
    if (!given(field)) {
      return Optional.empty();
    }
    if (!object.path(field).isTextual()) {
      throw wrong(field, "must be a text");
    }
    return Optional.of(object.path(field).asText());
  }

  /** The elements of a list; empty when absent or null. */
  Optional<List<JsonNode>> list(String field) {
    if (!given(field)) {
      return Optional.empty();
    }
    if (!object.path(field).isArray()) {
      throw wrong(field, "must be a list");
    }
    List<JsonNode> out = new ArrayList<>();
    object.path(field).forEach(out::add);
    return Optional.of(out);
  }

  /** A token id; empty when null or negative, as some publishers write "none". */
  OptionalInt id(String field, OptionalInt absent) {
    if (!has(field)) {
      return absent;
    }
    List<Integer> ids = ids(field, List.of());
    return ids.isEmpty() || ids.get(0) < 0 ? OptionalInt.empty() : OptionalInt.of(ids.get(0));
  }

  /** One id, a list of ids, or null for none. */
  List<Integer> ids(String field, List<Integer> absent) {
    JsonNode value = object.path(field);
    if (value.isMissingNode()) {
      return absent;
    }
    List<Integer> out = new ArrayList<>();
    for (JsonNode n : value.isArray() ? value : List.of(value)) {
      if (n.isNull() && !value.isArray()) {
        return List.of();
      }
      if (!n.isIntegralNumber() || !n.canConvertToInt()) {
        throw wrong(field, "must be a token id, a list of them, or null");
      }
      if (!out.contains(n.asInt())) {
        out.add(n.asInt());
      }
    }
    return out;
  }

  ModelFormatException wrong(String field, String expected) {
    String value = object.path(field).toString();
    String shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return new ModelFormatException(place + ": " + field + " is " + shown + ", " + expected);
  }
}
