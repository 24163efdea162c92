package io.amalgam.verifiers.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.verifiers.python.expression.ArithmeticExpression;
import io.amalgam.verifiers.python.expression.WrittenIntegers;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Python reads and writes numbers, and what SymPy makes of expressions. */
class PythonNumberTest {

  @ParameterizedTest
  @CsvSource({
    "7,7",
    "+07,7",
    "-1_000,-1000",
    "'\u00a07\u3000',7",
    "\uff15\uff16,56",
    "\u0663,3",
    "' -0 ',0"
  })
  void wholeNumbersAreRead(String text, BigInteger value) {
    assertThat(PythonInteger.parse(text)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "7.0", "1__0", "_1", "1_", "+-1", "0x10", "1e3", "1 0", "\u00b2", "--1", "+"
      })
  void otherTextsAreNoWholeNumbers(String text) {
    assertThat(PythonInteger.parse(text)).isEmpty();
    assertThat(PythonInteger.parse("9".repeat(4301))).isEmpty();
    assertThat(PythonInteger.parse("9".repeat(4300))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "1.5,1.5",
    ".5,0.5",
    "5.,5",
    "1_0.0_1,10.01",
    "1e3,1000",
    "-1E-2,-0.01",
    "inf,Infinity",
    "-Infinity,-Infinity",
    "nan,NaN"
  })
  void floatsAreRead(String text, double value) {
    assertThat(PythonFloat.parse(text)).isEqualTo(OptionalDouble.of(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "e3", "1e", "1e+", "1__0", "1_.5", "1._5", "1.5.2", "1e5.0", "0x1p3", "1f", "1d",
        "+-1", "in f"
      })
  void otherTextsAreNoFloats(String text) {
    assertThat(PythonFloat.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "7,7.00,true",
    "7,+007,true",
    "1e3,1000,true",
    "1_0,10,true",
    "-0,0,true",
    "7,7.01,false",
    "inf,Infinity,true",
    "inf,-inf,false",
    "nan,nan,false",
    "100,1e2,true",
    "0.10,.1,true",
    "1e999999999999999999,1,false"
  })
  void decimalsAreCompared(String a, String b, boolean same) {
    assertThat(PythonDecimal.parse(a).orElseThrow().sameValue(PythonDecimal.parse(b).orElseThrow()))
        .isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "7,0", "1e", "0x7", "1 0", "e5", "1e1000000000000000000", "infin"})
  void otherTextsAreNoDecimals(String text) {
    assertThat(PythonDecimal.parse(text)).isEmpty();
  }

  /** Values that SymPy 1.14 gave. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2^3|1",
        "2**3**2|512",
        "-2**2|-4",
        "2**-1|0.5",
        "7//2|3",
        "-7//2|-4",
        "(7/2)//2|1",
        "-7%3|2",
        "7%-3|-2",
        "-7.5%2|0.5",
        "36/(29/0)|0",
        "0/0|NaN",
        "0**0|1",
        "4!|24",
        "3!!|3",
        "-3!|-6",
        "sqrt(16)!|24",
        "3!=6|1",
        "sqrt(2)*sqrt(2)|2",
        "not 1|0",
        "1 and 2|2",
        "1==2|0",
        "2==2==2|1",
        "1e5|100000",
        "0x1F|31",
        "1_000|1000",
        "00|0",
        "5.|5",
        "max(1,2)|2",
        "9**9**9|Infinity",
        "5**1000 % 7|2",
        "1/oo|0",
        "~5|-6",
        "1<<4|16",
        "'(1\n+2)'|3",
        "'15 \\\n- 4'|11",
        "1+2 # three|3",
        "\"139\"|139",
        "4**0.5|2",
        "(-2)**3.0|-8",
        "8**(1/3)|2",
        "log(8,2)|3",
        "True+5|6",
        "\u00a01+2\u00a0|3",
      })
  void expressionsHaveSympysValue(String text, double value) {
    OptionalDouble result = ArithmeticExpression.evaluate(text);
    assertThat(result).isPresent();
    assertThat(result.getAsDouble()).isEqualTo(value, org.assertj.core.data.Offset.offset(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "()",
        "1 +",
        "1 2",
        "2(3)",
        "(2)(3)",
        "1,2",
        "[1]",
        "x",
        "1+x",
        "36/0",
        "5//0",
        "5%0",
        "0**-1",
        "1=1",
        "1<2",
        "06",
        "1.5.2",
        "1e",
        "sqrt 4",
        "sqrt(-4)",
        "(-8)**(1/3)",
        "I",
        "5j",
        "1\n+2",
        "1;2",
        "(1/2)^3",
        "1<<-1",
        "2 \u00d7 3",
        "$5$",
        "5\u00b2",
        "None",
        "print(1)",
        "__import__('os')",
        "1 if 2 else 3",
        "'1+2'",
        "zoo",
        "1+\u00a02",
      })
  void otherTextsHaveNoValue(String text) {
    assertThat(ArithmeticExpression.evaluate(text)).isEmpty();
  }

  @Test
  void writtenIntegersStandOnTheirOwn() {
    assertThat(WrittenIntegers.in("1 + 23*x4 - 5_6 7.8 \uff19"))
        .hasValue(
            List.of(
                BigInteger.ONE,
                BigInteger.valueOf(23),
                BigInteger.valueOf(7),
                BigInteger.valueOf(8),
                BigInteger.valueOf(9)));
    assertThat(WrittenIntegers.in("9".repeat(4301))).isEmpty();
  }

  /** Texts that Python gave. */
  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "1,1.0",
    "-0.0,-0.0",
    "100,100.0",
    "1e15,1000000000000000.0",
    "1e16,1e+16",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "123456789012345680,1.2345678901234568e+17",
    "5.684341886080802E-14,5.684341886080802e-14",
    "4.9E-324,5e-324",
    "1.7976931348623157E308,1.7976931348623157e+308",
    "2.2250738585072014E-308,2.2250738585072014e-308",
    "2E-3,0.002",
    "9007199254740993,9007199254740992.0",
    "2.0E-100,2e-100",
    "NaN,nan",
    "-Infinity,-inf",
    "0.6499999999999999,0.6499999999999999"
  })
  void floatsAreWrittenShortest(double value, String text) {
    assertThat(PythonFloat.repr(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2.675,2,2.67",
    "0.5,0,0",
    "1.5,0,2",
    "2.5,0,2",
    "-0.001,2,-0.00",
    "1e21,1,1000000000000000000000.0",
    "0.1,20,0.10000000000000000555"
  })
  void floatsAreWrittenWithFixedDecimals(double value, int decimals, String text) {
    assertThat(PythonFloat.fixed(value, decimals)).isEqualTo(text);
  }
}
