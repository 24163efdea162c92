package io.amalgam.verifiers.python;

import io.amalgam.verifiers.python.PythonLiteral.Items;
import io.amalgam.verifiers.python.PythonLiteral.Kind;
import io.amalgam.verifiers.python.PythonLiteral.Nothing;
import io.amalgam.verifiers.python.PythonLiteral.Pairs;
import io.amalgam.verifiers.python.PythonLiteral.Real;
import io.amalgam.verifiers.python.PythonLiteral.Text;
import io.amalgam.verifiers.python.PythonLiteral.Truth;
import io.amalgam.verifiers.python.PythonLiteral.Whole;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one literal by recursive descent; any surprise ends the reading. */
final class LiteralReader {
  private static final int MAX_DEPTH = 200;

  /** Ends the reading of a text that is no literal. */
  private static final class NoLiteral extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLiteral() {
      super("no literal", null, false, false);
    }
  }

  private final String text;
  private int at;
  private int depth;

  LiteralReader(String text) {
    this.text = text;
  }

  Optional<PythonLiteral> read() {
    try {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      int start = at;
      skip(true);
      // Empty lines may come first, but the value's own line must not be indented then.
      if (at > start && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
        return Optional.empty();
      }
      PythonLiteral value = topLevel();
      skip(true);
      return at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (NoLiteral e) {
      return Optional.empty();
    }
  }

  private PythonLiteral topLevel() {
    PythonLiteral first = value();
    skip(false);
    if (peek() != ',') {
      return first;
    }
    List<PythonLiteral> elements = new ArrayList<>(List.of(first));
    while (peek() == ',') {
      at++;
      skip(false);
      if (at == text.length() || peek() == '\n') {
        break;
      }
      elements.add(value());
      skip(false);
    }
    return new Items(Kind.TUPLE, elements);
  }

  private PythonLiteral value() {
    char c = peek();
    if (c == '[' || c == '(' || c == '{') {
      return collection(c);
    }
    if (c == '-' || c == '+') {
      return signed();
    }
    if (c >= '0' && c <= '9' || c == '.') {
      return number();
    }
    if (c == '\'' || c == '"' || isPrefixed()) {
      return strings();
    }
    return word();
  }

  private PythonLiteral collection(char open) {
    if (++depth > MAX_DEPTH) {
      throw new NoLiteral();
    }
    at++;
    char close = open == '[' ? ']' : open == '(' ? ')' : '}';
    List<PythonLiteral> elements = new ArrayList<>();
    List<PythonLiteral> values = new ArrayList<>();
    boolean comma = false;
    skip(true);
    while (peek() != close) {
      if (!elements.isEmpty() && !comma) {
        throw new NoLiteral();
      }
      elements.add(value());
      skip(true);
      if (open == '{' && peek() == ':') {
        at++;
        skip(true);
        values.add(value());
        skip(true);
      }
      comma = peek() == ',';
      if (comma) {
        at++;
        skip(true);
      }
    }
    at++;
    depth--;
    return collected(open, elements, values, comma);
  }

  private static PythonLiteral collected(
      char open, List<PythonLiteral> elements, List<PythonLiteral> values, boolean comma) {
    if (open == '[') {
      return new Items(Kind.LIST, elements);
    }
    if (open == '(') {
      return elements.size() == 1 && !comma ? elements.get(0) : new Items(Kind.TUPLE, elements);
    }
    boolean keysHash = elements.stream().allMatch(LiteralReader::isHashable);
    if (values.size() == elements.size() && keysHash) {
      return new Pairs(elements, values);
    }
    if (!values.isEmpty() || !keysHash) {
      throw new NoLiteral();
    }
    return new Items(Kind.SET, elements);
  }

  private static boolean isHashable(PythonLiteral value) {
    if (value instanceof Items items) {
      return items.kind() == Kind.TUPLE
          && items.elements().stream().allMatch(LiteralReader::isHashable);
    }
    return !(value instanceof Pairs);
  }

  private PythonLiteral signed() {
    boolean negative = false;
    while (peek() == '-' || peek() == '+') {
      negative ^= peek() == '-';
      at++;
      skip(depth > 0);
    }
    PythonLiteral number = value();
    if (number instanceof Whole whole) {
      return negative ? new Whole(whole.value().negate()) : whole;
    }
    if (number instanceof Real real) {
      return negative ? new Real(-real.value()) : real;
    }
    if (number instanceof Truth truth) {
      int value = truth.value() ? 1 : 0;
      return new Whole(BigInteger.valueOf(negative ? -value : value));
    }
    throw new NoLiteral();
  }

  private PythonLiteral number() {
    int start = at;
    boolean exponentSign = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean part = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.');
      if (!part && !(exponentSign && (c == '-' || c == '+'))) {
        break;
      }
      exponentSign = (c == 'e' || c == 'E') && !isBased(start);
      at++;
    }
    String written = text.substring(start, at);
    if (isBased(start)) {
      return based(written);
    }
    boolean whole = written.chars().allMatch(c -> c >= '0' && c <= '9' || c == '_');
    if (whole) {
      boolean leadingZero = written.length() > 1 && written.charAt(0) == '0';
      BigInteger value = PythonInteger.parse(written).orElseThrow(NoLiteral::new);
      if (leadingZero && value.signum() != 0) {
        throw new NoLiteral();
      }
      return new Whole(value);
    }
    if (written.chars().anyMatch(c -> Character.isLetter(c) && c != 'e' && c != 'E')) {
      throw new NoLiteral();
    }
    return new Real(PythonFloat.parse(written).orElseThrow(NoLiteral::new));
  }

  private boolean isBased(int start) {
    return start + 1 < text.length()
        && text.charAt(start) == '0'
        && "xXoObB".indexOf(text.charAt(start + 1)) >= 0;
  }

  private static PythonLiteral based(String written) {
    char kind = Character.toLowerCase(written.charAt(1));
    int radix = kind == 'x' ? 16 : kind == 'o' ? 8 : 2;
    String digits = written.substring(2);
    boolean wellFormed =
        !digits.endsWith("_")
            && !digits.contains("__")
            && digits.chars().anyMatch(c -> c != '_')
            && digits.chars().allMatch(c -> c == '_' || Character.digit(c, radix) >= 0);
    if (!wellFormed) {
      throw new NoLiteral();
    }
    return new Whole(new BigInteger(digits.replace("_", ""), radix));
  }

  private boolean isPrefixed() {
    char c = Character.toLowerCase(peek());
    char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    return (c == 'r' || c == 'u') && (next == '\'' || next == '"');
  }

  /** Strings next to each other are one. */
  private PythonLiteral strings() {
    StringBuilder all = new StringBuilder();
    while (peek() == '\'' || peek() == '"' || isPrefixed()) {
      boolean raw = Character.toLowerCase(peek()) == 'r';
      if (peek() != '\'' && peek() != '"') {
        at++;
      }
      string(raw, all);
      skip(depth > 0);
    }
    return new Text(all.toString());
  }

  private void string(boolean raw, StringBuilder out) {
    char quote = peek();
    boolean triple = text.startsWith(String.valueOf(quote).repeat(3), at);
    String end = String.valueOf(quote).repeat(triple ? 3 : 1);
    at += end.length();
    while (!text.startsWith(end, at)) {
      if (at >= text.length() || !triple && peek() == '\n') {
        throw new NoLiteral();
      }
      if (peek() != '\\') {
        out.append(text.charAt(at++));
      } else if (raw) {
        out.append(text, at, Math.min(at + 2, text.length()));
        at += 2;
      } else {
        at = LiteralEscape.append(text, at, out);
        if (at < 0) {
          throw new NoLiteral();
        }
      }
    }
    at += end.length();
  }

  private PythonLiteral word() {
    if (take("True")) {
      return new Truth(true);
    }
    if (take("False")) {
      return new Truth(false);
    }
    if (take("None")) {
      return new Nothing();
    }
    throw new NoLiteral();
  }

  private boolean take(String word) {
    int end = at + word.length();
    if (!text.startsWith(word, at)
        || end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
      return false;
    }
    at = end;
    return true;
  }

  /** The next character, NUL at the end; a NUL in the text is unreadable anyway. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void skip(boolean lines) {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\t' || c == '\f' || lines && (c == '\n' || c == '\r')) {
        at++;
      } else {
        return;
      }
    }
  }
}
