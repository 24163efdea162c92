package io.amalgam.verifiers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.amalgam.verifiers.SharedData;
import io.amalgam.verifiers.answer.AnswerCascade;
import io.amalgam.verifiers.answer.AnswerExtractor;
import io.amalgam.verifiers.answer.AnswerRules;
import io.amalgam.verifiers.answer.SystemPrompts;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskCatalog;
import io.amalgam.verifiers.task.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random draws, set orders, answer extraction and decimal scores against values recorded from
 * Python.
 */
class PythonGoldenTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"_infra_random", "_infra_setorder", "_infra_utils"})
  void equalsTheSample(String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    getClass().getResourceAsStream("/golden/" + name + ".jsonl")),
                StandardCharsets.UTF_8))) {
      check("sample", name, lines);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"_infra_random", "_infra_setorder", "_infra_utils"})
  void equalsTheCompleteRecording(String name) throws IOException {
    Path file = SharedData.path("golden/reasoning-gym/" + name + ".jsonl");
    assumeTrue(Files.exists(file), "complete recording not present");
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      check("complete", name, lines);
    }
  }

  private static void check(String kind, String name, BufferedReader lines) throws IOException {
    int checked = 0;
    List<String> mismatches = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode golden = JSON.readTree(line);
      Optional<String> got =
          switch (name) {
            case "_infra_random" -> Optional.of(random(golden));
            case "_infra_setorder" -> Optional.of(setOrder(golden));
            default -> utility(golden);
          };
      if (got.isPresent()) {
        checked++;
        String wanted =
            name.equals("_infra_setorder")
                ? text(golden.has("iter") ? golden.get("iter") : golden.get("hash"))
                : text(golden.get("out"));
        if (!wanted.equals(got.get())) {
          mismatches.add(line + " gave " + got.get());
        }
      }
    }
    System.out.println(
        "golden "
            + kind
            + " "
            + name
            + ": "
            + checked
            + " cases, "
            + mismatches.size()
            + " mismatches");
    assertThat(mismatches).isEmpty();
    assertThat(checked).isPositive();
  }

  /** Numbers may be recorded as texts; compare them without quotation marks and spaces. */
  private static String text(JsonNode node) {
    return node.toString().replace("\"", "");
  }

  private static String list(int count, Function<Integer, Object> draw) {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(String.valueOf(draw.apply(i)).replace(" ", ""));
    }
    return "[" + String.join(",", drawn) + "]";
  }

  /** The list 0, 1, …, n - 1 without storing it. */
  private static List<Integer> range(JsonNode n) {
    assertThat(n.canConvertToInt()).isTrue();
    return new AbstractList<>() {
      @Override
      public Integer get(int index) {
        return index;
      }

      @Override
      public int size() {
        return n.intValue();
      }
    };
  }

  private static BigInteger big(JsonNode node) {
    return new BigInteger(node.asText());
  }

  private static String random(JsonNode golden) {
    PythonRandom random = new PythonRandom(big(golden.get("seed")));
    JsonNode args = golden.get("args");
    int count = golden.get("out").size();
    switch (golden.get("op").textValue()) {
      case "getrandbits":
        return list(count, i -> random.getrandbits(args.get(0).intValue()));
      case "random":
        return list(count, i -> random.random());
      case "randint":
        return list(count, i -> random.randint(big(args.get(0)), big(args.get(1))));
      case "randrange":
        boolean full = args.size() == 3;
        BigInteger start = full ? big(args.get(0)) : BigInteger.ZERO;
        BigInteger stop = full ? big(args.get(1)) : big(args.get(0));
        BigInteger step = full ? big(args.get(2)) : BigInteger.ONE;
        return list(count, i -> random.randrange(start, stop, step));
      case "choice(range(n))":
        List<Integer> options = range(args.get(0));
        return list(count, i -> random.choice(options));
      case "shuffle(range(n))":
        List<Integer> shuffled = new ArrayList<>(range(args.get(0)));
        random.shuffle(shuffled);
        return list(count, shuffled::get);
      case "sample(range(n),k)":
        return list(1, i -> random.sample(range(args.get(0)), args.get(1).intValue()))
            .replaceAll("^.|.$", "");
      case "choices(range(n),k=k)":
        List<Integer> chosen = random.choices(range(args.get(0)), args.get(1).intValue());
        return list(count, chosen::get);
      case "choices(range(len(w)),weights=w,k=8)":
        double[] weights =
            IntStream.range(0, args.get(0).size())
                .mapToDouble(i -> args.get(0).get(i).asDouble())
                .toArray();
        List<Integer> weighted =
            random.choices(IntStream.range(0, weights.length).boxed().toList(), weights, 8);
        return list(count, weighted::get);
      case "uniform":
        return list(count, i -> random.uniform(args.get(0).asDouble(), args.get(1).asDouble()));
      default:
        List<Object> mixed = new ArrayList<>();
        mixed.add(random.randint(1, 6));
        mixed.add(random.random());
        List<Integer> five = new ArrayList<>(List.of(0, 1, 2, 3, 4));
        random.shuffle(five);
        mixed.add(five);
        mixed.add(random.choice(List.of("a", "b", "c")));
        mixed.add(random.sample(IntStream.range(0, 10).boxed().toList(), 3));
        mixed.add(random.uniform(0, 1));
        mixed.add(random.getrandbits(7));
        return list(mixed.size(), mixed::get);
    }
  }

  private static List<Object> elements(JsonNode list) {
    List<Object> elements = new ArrayList<>();
    for (JsonNode element : list) {
      elements.add(
          element.isArray() ? List.copyOf(elements(element)) : Long.valueOf(element.longValue()));
    }
    return elements;
  }

  private static String setOrder(JsonNode golden) {
    String kind = golden.get("kind").textValue();
    if (kind.equals("hash(tuple)")) {
      return Long.toString(PythonHash.of(elements(golden.get("tuple"))));
    }
    PythonSet<Object> result;
    if (golden.has("insert")) {
      result = PythonSet.of(elements(golden.get("insert")));
    } else if (golden.has("used_iter")) {
      List<Long> digits = LongStream.range(1, 10).boxed().toList();
      result =
          PythonSet.<Object>of(digits).difference(PythonSet.of(elements(golden.get("used_iter"))));
    } else {
      PythonSet<Object> a = PythonSet.of(elements(golden.get("a")));
      List<Object> b = elements(golden.get("b"));
      result =
          switch (kind) {
            case "difference(list)" -> a.difference(b);
            case "difference(set)" -> a.difference(PythonSet.of(b));
            case "union" -> a.union(PythonSet.of(b));
            case "union(list)" -> a.union(b);
            case "intersection(set)" -> a.intersection(PythonSet.of(b));
            case "intersection(list)" -> a.intersection(b);
            case "copy" -> a.copy();
            case "diffdiff" -> a.difference(part(b, 0, 3)).difference(part(b, 3, 6));
            case "union-after-diff" -> a.difference(part(b, 0, 4)).union(PythonSet.of(b));
            default -> throw new IllegalArgumentException(kind);
          };
    }
    return result.toList().toString().replace(" ", "");
  }

  private static List<Object> part(List<Object> list, int from, int to) {
    return list.subList(Math.min(from, list.size()), Math.min(to, list.size()));
  }

  private static Optional<String> utility(JsonNode golden) {
    switch (golden.get("fn").textValue()) {
      case "extract_answer":
        AnswerExtractor extractor =
            new AnswerExtractor(
                golden.has("tag_name") ? golden.get("tag_name").textValue() : "answer");
        String completion = golden.get("completion").textValue();
        Optional<String> answer =
            golden.path("strip").asBoolean(true)
                ? extractor.extract(completion)
                : extractor.extractUnstripped(completion);
        return Optional.of(text(JSON.valueToTree(answer.orElse(null))));
      case "compute_decimal_reward":
        double score =
            AnswerRules.decimal(
                Optional.ofNullable(golden.get("answer").textValue()),
                golden.get("oracle").textValue(),
                golden.get("strip_commas").booleanValue());
        return Optional.of(Double.toString(score));
      case "SYSTEM_PROMPTS":
        assertThat(SystemPrompts.names()).hasSize(golden.get("out").size());
        SystemPrompts.names()
            .forEach(
                name ->
                    assertThat(SystemPrompts.named(name))
                        .hasValue(golden.get("out").get(name).textValue()));
        return Optional.of(text(golden.get("out")));
      case "format_number":
        return Optional.of(text(formatted(golden)));
      case "is_integer":
        JsonNode number = golden.get("num");
        return Optional.of(
            Boolean.toString(number.isBoolean() || PlainNumber.isWhole(number.doubleValue())));
      case "strip_latex":
        return Optional.of(
            text(TextNode.valueOf(AnswerCascade.withoutLatex(golden.get("in").textValue()))));
      case "string_match":
        return Optional.of(
            AnswerCascade.sameText(golden.get("a").textValue(), golden.get("b").textValue())
                ? "1.0"
                : "0.0");
      case "float_match":
        return Optional.of(
            AnswerCascade.sameNumber(golden.get("a").textValue(), golden.get("b").textValue())
                ? "1.0"
                : "0.0");
      case "score_answer_cascade (math_verify absent)":
        return Optional.of(cascaded(golden));
      default:
        throw new IllegalArgumentException(golden.get("fn").textValue());
    }
  }

  private static JsonNode formatted(JsonNode golden) {
    try {
      return TextNode.valueOf(
          PlainNumber.format(
              golden.get("num").doubleValue(),
              golden.get("max_decimals").intValue(),
              golden.get("round_if_needed").booleanValue()));
    } catch (ArithmeticException e) {
      return NullNode.instance;
    }
  }

  private static String cascaded(JsonNode golden) {
    Task task =
        TaskCatalog.standard()
            .cascading()
            .create(
                golden.get("task").textValue(),
                JSON.createObjectNode(),
                golden.get("seed").bigIntegerValue(),
                500);
    Verdict verdict =
        task.judge(
            task.problem(golden.get("index").intValue()),
            Optional.ofNullable(golden.get("answer").textValue()));
    return Double.toString(((Verdict.Scored) verdict).score());
  }
}
