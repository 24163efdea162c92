package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.Repository;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task that docs/tasks.md shows as an example compiles, is found and works. */
class OwnTaskExampleTest {
  @TempDir Path dir;

  @Test
  void aTaskOnTheClassPathMakesProblemsAndScoresAnswers() throws Exception {
    compile(Repository.file("docs/examples/VowelCountTasks.java"));
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(services.resolve(TaskProvider.class.getName()), "example.VowelCountTasks\n");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {dir.toUri().toURL()}, getClass().getClassLoader())) {
      TaskCatalog catalog = TaskCatalog.standard().with(newFamilies(loader));
      assertThat(catalog.names()).contains("vowel_count", "gcd");

      Task task = catalog.create("vowel_count", config(), BigInteger.valueOf(42), 10);
      for (int index = 0; index < 100; index++) {
        checkProblem(task, index);
      }
      assertThat(task.problem(3)).isEqualTo(task.problem(3)).isNotEqualTo(task.problem(4));
      assertThatThrownBy(
              () ->
                  catalog.create(
                      "vowel_count", config().put("min_letters", 20), BigInteger.ONE, 10))
          .isInstanceOf(TaskConfigurationException.class)
          .hasMessage("vowel_count: max_letters = 9 must be at least min_letters (20)");
    }
  }

  private static void checkProblem(Task task, int index) {
    Problem problem = task.problem(index);
    String word = problem.metadata().get("word").textValue();
    int vowels = word.replaceAll("[^aeiou]", "").length();
    assertThat(problem.question()).contains("\"" + word + "\"");
    assertThat(word.length()).isBetween(4, 9);
    assertThat(problem.answer()).contains(String.valueOf(vowels));
    assertThat(score(task, problem, " " + vowels + "\n")).isEqualTo(1);
    assertThat(score(task, problem, String.valueOf(vowels + 1))).isEqualTo(0.5);
    assertThat(score(task, problem, String.valueOf(vowels + 2))).isEqualTo(0);
    assertThat(score(task, problem, "9".repeat(100_000))).isEqualTo(0);
    assertThat(task.judge(problem, Optional.empty())).isEqualTo(Verdict.Scored.of(0));
  }

  private static double score(Task task, Problem problem, String answer) {
    Verdict verdict = task.judge(problem, Optional.of(answer));
    assertThat(verdict).isInstanceOf(Verdict.Scored.class);
    return ((Verdict.Scored) verdict).score();
  }

  private static ObjectNode config() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** What the loader finds beside the tasks of other tests. */
  private static List<TaskFamily> newFamilies(ClassLoader loader) {
    List<TaskFamily> families = new ArrayList<>();
    for (TaskProvider provider : ServiceLoader.load(TaskProvider.class, loader)) {
      if (provider.getClass().getClassLoader() == loader) {
        families.addAll(provider.families());
      }
    }
    return families;
  }

  private void compile(Path source) {
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                dir.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(compiled).isZero();
  }
}
