package io.amalgam.policy.text.jinja;

import java.math.BigInteger;

/** The values of literals in a template. */
final class Literals {
  private static final int LONGEST_INTEGER = 4300;

  private Literals() {}

  static Object integer(String written) {
    String digits = written.replace("_", "");
    if (digits.length() > LONGEST_INTEGER) {
      throw JinjaException.limit("an integer of " + digits.length() + " digits");
    }
    char base = digits.length() > 1 ? Character.toLowerCase(digits.charAt(1)) : '0';
    int radix = base == 'x' ? 16 : base == 'o' ? 8 : base == 'b' ? 2 : 10;
    return Arithmetic.narrowed(new BigInteger(radix == 10 ? digits : digits.substring(2), radix));
  }

  /** The value of a quoted literal, with Python's escapes; an unknown escape stands for itself. */
  static String text(String quoted, int line) {
    String body = quoted.substring(1, quoted.length() - 1);
    if (body.indexOf('\\') < 0) {
      return body;
    }
    StringBuilder out = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = body.charAt(i++);
      switch (escape) {
        case '\n' -> {}
        case '\\', '\'', '"' -> out.append(escape);
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'v' -> out.append('\u000B');
        case 'x', 'u', 'U' -> {
          int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
          out.appendCodePoint(code(body, i, digits, line));
          i += digits;
        }
        case 'N' -> {
          int end = body.indexOf('}', i);
          if (end < 0 || body.charAt(i) != '{') {
            throw JinjaException.syntax("malformed \\N character escape", line);
          }
          out.appendCodePoint(named(body.substring(i + 1, end), line));
          i = end + 1;
        }
        default -> {
          if (escape >= '0' && escape <= '7') {
            int code = escape - '0';
            for (int n = 1;
                n < 3 && i < body.length() && body.charAt(i) >= '0' && body.charAt(i) <= '7';
                n++) {
              code = code * 8 + body.charAt(i++) - '0';
            }
            out.append((char) code);
          } else {
            out.append('\\').append(escape);
          }
        }
      }
    }
    return out.toString();
  }

  private static int code(String body, int from, int digits, int line) {
    int code = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i < body.length() ? Character.digit(body.charAt(i), 16) : -1;
      if (digit < 0 || code > 0x10FFFF) {
        throw JinjaException.syntax("truncated or illegal character escape", line);
      }
      code = code * 16 + digit;
    }
    if (code > 0x10FFFF || code < 0) {
      throw JinjaException.syntax("illegal Unicode character", line);
    }
    return code;
  }

  private static int named(String name, int line) {
    try {
      return Character.codePointOf(name);
    } catch (IllegalArgumentException e) {
      throw JinjaException.syntax("unknown Unicode character name", line);
    }
  }
}
