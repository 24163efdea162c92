package io.amalgam.policy.text.jinja;

import java.util.List;

/** What can stand to the left of an assignment. */
interface Assignments {
  void assign(Frame frame, Object value);

  /** The names that get a value. */
  List<String> names();

  record ToName(String name) implements Assignments {
    @Override
    public void assign(Frame frame, Object value) {
      frame.set(name, value);
    }

    @Override
    public List<String> names() {
      return List.of(name);
    }
  }

  record ToNamespace(String name, String attribute) implements Assignments {
    @Override
    public void assign(Frame frame, Object value) {
      if (!(frame.get(name) instanceof Namespace namespace)) {
        throw JinjaException.type("cannot assign attribute on non-namespace object");
      }
      namespace.put(attribute, value);
    }

    @Override
    public List<String> names() {
      return List.of();
    }
  }

  record ToTuple(List<Assignments> targets) implements Assignments {
    @Override
    public void assign(Frame frame, Object value) {
      if (!Python.iterable(value)) {
        throw JinjaException.type(
            "cannot unpack non-iterable " + Python.typeName(value) + " object");
      }
      List<Object> items = Python.elements(value);
      if (items.size() != targets.size()) {
        throw JinjaException.type(
            items.size() > targets.size()
                ? "too many values to unpack (expected " + targets.size() + ")"
                : "not enough values to unpack (expected "
                    + targets.size()
                    + ", got "
                    + items.size()
                    + ")");
      }
      for (int i = 0; i < items.size(); i++) {
        targets.get(i).assign(frame, items.get(i));
      }
    }

    @Override
    public List<String> names() {
      return targets.stream().flatMap(target -> target.names().stream()).toList();
    }
  }
}
