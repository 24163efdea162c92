package io.amalgam.policy.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A function defined in a template; it sees the names around its definition. */
final class Macro implements Callable {
  /** A parameter and the expression that stands in for it. */
  record Parameter(String name, Optional<Expression> otherwise) {}

  /** A macro as written; {@code mentions} are the names that its body reads. */
  record Signature(
      String name,
      List<Parameter> parameters,
      List<Statement> body,
      java.util.Set<String> mentions,
      ScopeNames names) {}

  private final Signature signature;
  private final Frame home;

  Macro(Signature signature, Frame home) {
    this.signature = signature;
    this.home = home;
  }

  String name() {
    return signature.name();
  }

  Optional<Object> attribute(String name) {
    return switch (name) {
      case "name" -> Optional.of(signature.name());
      case "arguments" ->
          Optional.of(
              new PyTuple(
                  new ArrayList<>(signature.parameters().stream().map(Parameter::name).toList())));
      case "catch_kwargs" -> Optional.of(signature.mentions().contains("kwargs"));
      case "catch_varargs" -> Optional.of(signature.mentions().contains("varargs"));
      case "caller" -> Optional.of(signature.mentions().contains("caller"));
      default -> Optional.empty();
    };
  }

  @Override
  public Object call(Run run, Arguments arguments) {
    Frame frame = home.captured(signature.names());
    List<Parameter> parameters = signature.parameters();
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    boolean callerIsParameter = false;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      callerIsParameter |= parameter.name().equals("caller");
      if (i < arguments.positional().size()) {
        frame.set(parameter.name(), arguments.positional().get(i));
        continue;
      }
      Object byName = named.remove(parameter.name());
      if (byName != null) {
        frame.set(parameter.name(), byName);
      } else if (parameter.otherwise().isPresent()) {
        frame.set(parameter.name(), parameter.otherwise().get().evaluate(frame));
      } else {
        frame.set(
            parameter.name(),
            new Undefined("parameter '" + parameter.name() + "' was not provided"));
      }
    }
    if (signature.mentions().contains("caller") && !callerIsParameter) {
      Object caller = named.remove("caller");
      frame.set("caller", caller == null ? new Undefined("No caller defined") : caller);
    }
    spare(frame, arguments, named);
    Statement.all(signature.body(), frame);
    return frame.output().toString();
  }

  /**
   * Arguments beyond the parameters are for a macro that asks for them by {@code varargs} and
   * {@code kwargs}.
   */
  private void spare(Frame frame, Arguments arguments, Map<String, Object> named) {
    if (signature.mentions().contains("kwargs")) {
      PyDict rest = new PyDict();
      named.forEach(rest::put);
      frame.set("kwargs", rest);
    } else if (!named.isEmpty()) {
      throw JinjaException.type(
          "macro '"
              + name()
              + "' takes no keyword argument '"
              + named.keySet().iterator().next()
              + "'");
    }
    int count = signature.parameters().size();
    List<Object> given = arguments.positional();
    if (signature.mentions().contains("varargs")) {
      frame.set(
          "varargs",
          new PyTuple(given.size() > count ? given.subList(count, given.size()) : List.of()));
    } else if (given.size() > count) {
      throw JinjaException.type(
          "macro '" + name() + "' takes not more than " + count + " argument(s)");
    }
  }
}
