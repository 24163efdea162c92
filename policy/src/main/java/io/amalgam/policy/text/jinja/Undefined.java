package io.amalgam.policy.text.jinja;

/**
 * The value of a name, attribute or item that does not exist: prints as nothing, is false and
 * empty, and fails when used otherwise.
 */
record Undefined(String reason) {
  static Undefined name(String name) {
    return new Undefined("'" + name + "' is undefined");
  }

  static Undefined attribute(Object owner, Object name) {
    String type = owner == None.NONE ? "None" : Python.typeName(owner) + " object";
    return new Undefined(
        name instanceof String
            ? "'" + type + "' has no attribute '" + name + "'"
            : type + " has no element " + Repr.repr(name));
  }

  static Undefined unsafe(Object owner, String name) {
    return new Undefined(
        "access to attribute '" + name + "' of '" + Python.typeName(owner) + "' object is unsafe.");
  }

  JinjaException failure() {
    return JinjaException.type(reason);
  }
}
