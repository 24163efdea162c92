package io.amalgam.verifiers.task.algorithmic;

import io.amalgam.verifiers.python.PythonLiteral;
import io.amalgam.verifiers.python.PythonLiteral.Items;
import io.amalgam.verifiers.python.PythonLiteral.Kind;
import io.amalgam.verifiers.python.PythonLiteral.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts or lists of texts written as Python literals with plus signs between them. */
final class LiteralSum {
  private LiteralSum() {}

  /** All pieces in one text, or nothing if something else than a text is among them. */
  static Optional<String> joined(String sum) {
    List<String> terms = terms(sum);
    StringBuilder text = new StringBuilder();
    Optional<Class<?>> kind = Optional.empty();
    for (String term : terms) {
      Optional<PythonLiteral> literal = PythonLiteral.parse(term);
      if (literal.isEmpty() || (terms.size() > 1 && !canBeAdded(literal.get()))) {
        return Optional.empty();
      }
      Optional<List<PythonLiteral>> elements = LiteralElements.of(literal.get());
      // A text cannot be added to a list.
      Class<?> type = literal.get().getClass();
      if (elements.isEmpty() || !kind.map(type::equals).orElse(true)) {
        return Optional.empty();
      }
      kind = Optional.of(type);
      for (PythonLiteral element : elements.get()) {
        if (!(element instanceof Text piece)) {
          return Optional.empty();
        }
        text.append(piece.value());
      }
    }
    return Optional.of(text.toString());
  }

  private static boolean canBeAdded(PythonLiteral literal) {
    return literal instanceof Text || (literal instanceof Items items && items.kind() == Kind.LIST);
  }

  /** What stands between the plus signs that are neither in quotes nor in brackets. */
  private static List<String> terms(String sum) {
    List<String> terms = new ArrayList<>();
    int start = 0;
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < sum.length(); i++) {
      char c = sum.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '[' || c == '(' || c == '{') {
        depth++;
      } else if (c == ']' || c == ')' || c == '}') {
        depth--;
      } else if (c == '+' && depth == 0) {
        terms.add(sum.substring(start, i));
        start = i + 1;
      }
    }
    terms.add(sum.substring(start));
    return terms;
  }
}
