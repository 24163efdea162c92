package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.KvCache;
import io.amalgam.policy.kernel.PrefillSequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Admitted sequences whose prompts, or whose histories if they were begun elsewhere, are not yet
 * computed. They are taken in order, at most so many positions between two decode steps, so that
 * the running sequences are not held up; a longer one is computed piece by piece in a row of its
 * own and then copied to its sequences.
 */
final class PromptQueue implements AutoCloseable {
  private static final class Waiting {
    private final List<DecodeRow> rows;
    private final PrefillSequence work;
    private int done;

    private Waiting(List<DecodeRow> rows, PrefillSequence work) {
      this.rows = new ArrayList<>(rows);
      this.work = work;
    }

    private int apart() {
      return rows.get(0).apart();
    }
  }

  private final GenerationModel model;
  private final CacheRows rows;
  private final int chunk;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private Optional<KvCache> partial = Optional.empty();

  /**
   * An empty queue.
   *
   * @param rows where sequences go once their prompt is computed
   * @param chunk most positions per {@link #advance()}; 0: all
   */
  PromptQueue(GenerationModel model, CacheRows rows, int chunk) {
    this.model = model;
    this.rows = rows;
    this.chunk = chunk == 0 ? Integer.MAX_VALUE : chunk;
  }

  /** Number of sequences. */
  int size() {
    return queue.stream().mapToInt(w -> w.rows.size()).sum();
  }

  /** The sequences in order. */
  List<DecodeRow> all() {
    return queue.stream().flatMap(w -> w.rows.stream()).toList();
  }

  /**
   * Adds sequences that share everything before their next input.
   *
   * @param work all of it, possibly nothing; its rows do not matter
   */
  void add(List<DecodeRow> sequences, PrefillSequence work) {
    queue.add(new Waiting(sequences, work));
  }

  /** Computes the next positions; how many. */
  long advance() {
    List<PrefillSequence> whole = new ArrayList<>();
    int left = chunk;
    while (!queue.isEmpty()) {
      Waiting first = queue.element();
      int length = first.work.length();
      if (first.done == 0 && length <= left) {
        left -= length;
        whole.add(place(queue.remove()));
      } else if (length > chunk && left > 0) {
        int next = Math.min(length, first.done + left);
        left -= next - first.done;
        extend(first, next);
      } else {
        break;
      }
    }
    model.prefill(rows.cache(), whole);
    return chunk - left;
  }

  private PrefillSequence place(Waiting first) {
    CacheRows.Places places = rows.begin(first.rows);
    return first.work.placed(places.rows(), places.shared(), first.apart());
  }

  private void extend(Waiting first, int next) {
    if (partial.isEmpty()) {
      partial = Optional.of(model.newCache(1, first.work.length()));
    }
    KvCache own = partial.get();
    model.extend(own, first.work.slice(first.done, next, 0), first.done, first.apart());
    first.done = next;
    if (next == first.work.length()) {
      PrefillSequence placed = place(queue.remove());
      placed
          .targets()
          .forEach(to -> model.copyRow(own, 0, to.from(), rows.cache(), to.place(), to.length()));
      close();
    }
  }

  /** Takes sequences out; those that match. */
  List<DecodeRow> remove(Predicate<DecodeRow> which) {
    List<DecodeRow> out = new ArrayList<>();
    for (Waiting w : queue) {
      w.rows.stream().filter(which).forEach(out::add);
      w.rows.removeIf(which);
    }
    if (!queue.isEmpty() && queue.element().rows.isEmpty()) {
      close();
    }
    queue.removeIf(w -> w.rows.isEmpty());
    return out;
  }

  /** Forgets what is computed of a prompt that is not finished: the weights are others now. */
  void restart() {
    queue.forEach(w -> w.done = 0);
    close();
  }

  /** Frees the row of the unfinished prompt. */
  @Override
  public void close() {
    partial.ifPresent(KvCache::close);
    partial = Optional.empty();
  }
}
