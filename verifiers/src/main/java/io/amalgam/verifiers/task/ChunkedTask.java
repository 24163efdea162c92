package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An endless sequence of problems of a task whose problems depend on the size of the data set, made
 * of small data sets with seeds of their own.
 */
final class ChunkedTask implements Task {
  private static final int CHUNK = 64;
  private static final int KEPT = 16;

  private final TaskCatalog catalog;
  private final Task first;
  private final BigInteger seed;
  private final Map<Integer, Task> chunks =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Task> eldest) {
          return size() > KEPT;
        }
      };

  private ChunkedTask(TaskCatalog catalog, Task first, BigInteger seed) {
    this.catalog = catalog;
    this.first = first;
    this.seed = seed;
  }

  /** A task with a problem at every index; made of chunks only where the size matters. */
  static Task endless(TaskCatalog catalog, String name, ObjectNode config, BigInteger seed) {
    return catalog.describe(TaskName.base(name)).sized()
        ? new ChunkedTask(catalog, catalog.create(name, config, seed, CHUNK), seed)
        : catalog.create(name, config, seed, Integer.MAX_VALUE);
  }

  @Override
  public String name() {
    return first.name();
  }

  @Override
  public String category() {
    return first.category();
  }

  @Override
  public ObjectNode config() {
    return first.config();
  }

  @Override
  public Problem problem(int index) {
    Problem p = chunk(index / CHUNK).problem(index % CHUNK);
    return new Problem(name(), index, p.question(), p.answer(), p.metadata());
  }

  private synchronized Task chunk(int number) {
    return chunks.computeIfAbsent(
        number, n -> catalog.create(name(), config(), seed.add(BigInteger.valueOf(n)), CHUNK));
  }

  @Override
  public Verdict score(Problem problem, Optional<String> answer) {
    return first.score(problem, answer);
  }

  @Override
  public Optional<String> workedSolution(Problem problem) {
    return first.workedSolution(problem);
  }
}
