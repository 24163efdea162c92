package io.amalgam.verifiers.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.verifiers.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tables of docs/tasks.md are what the catalogue says. */
class TaskDocumentTest {
  private static final TaskCatalog CATALOG = TaskCatalog.standard();

  @Test
  void theTableOfTasksIsTheCatalogue() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("| task | category | what agrees with the original | scored |");
    rows.add("|---|---|---|---|");
    for (String name : CATALOG.names()) {
      TaskDescription task = CATALOG.describe(name);
      rows.add(
          "| `%s` | %s | %s | %s |"
              .formatted(
                  name,
                  task.category(),
                  words(task),
                  task.isolated() ? "in a process of its own" : "in the thread"));
    }
    check("tasks", rows);
  }

  @Test
  void theTableOfDataIsTheCatalogue() throws IOException {
    SortedMap<String, List<String>> readers = new TreeMap<>();
    for (String name : CATALOG.names()) {
      for (String file : CATALOG.dataFiles(name)) {
        readers.computeIfAbsent(file, f -> new ArrayList<>()).add("`" + name + "`");
      }
    }
    List<String> rows = new ArrayList<>();
    rows.add("| file | read by |");
    rows.add("|---|---|");
    readers.forEach(
        (file, tasks) -> rows.add("| `%s` | %s |".formatted(file, String.join(", ", tasks))));
    check("data", rows);
  }

  /** "all" stands for the words that most tasks have. */
  private static String words(TaskDescription task) {
    boolean everything = task.exactness().equals(Fidelity.COMPLETE.words());
    return everything ? "all" : task.exactness().replace("|", "\\|");
  }

  private static void check(String table, List<String> rows) throws IOException {
    String document = Files.readString(Repository.file("docs/tasks.md"));
    String begin = "<!-- " + table + ": begin -->\n";
    String end = "<!-- " + table + ": end -->";
    assertThat(document).contains(begin, end);
    String right = String.join("\n", rows) + "\n";
    assertThat(document.substring(document.indexOf(begin) + begin.length(), document.indexOf(end)))
        .as("the table of docs/tasks.md between its markers must be\n%s", right)
        .isEqualTo(right);
  }
}
