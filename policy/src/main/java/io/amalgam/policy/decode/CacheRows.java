package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.CacheRun;
import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.KvCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The running sequences and the rows of the cache that they have: each in the bucket with the
 * shortest rows that hold it, the rows of a bucket compact from 0 on. What they share of their
 * prompts lies in as many further buckets. The sequences of a bucket that share a prompt stay
 * neighbours.
 *
 * <p>A bucket grows by half as long as the budget allows, otherwise by what it needs, after the
 * other buckets have given up unused rows; an empty bucket takes no memory.
 */
final class CacheRows implements AutoCloseable {
  private final GenerationModel model;
  private final CacheBuckets buckets;
  private final long budget;
  private final int slots;
  private final KvCache cache;
  private final List<List<DecodeRow>> rows = new ArrayList<>();
  private final List<List<SharedPrompt>> prompts = new ArrayList<>();
  private long peak;

  /**
   * No sequences.
   *
   * @param budget positions of all rows together that should not be exceeded
   * @param slots most sequences
   */
  CacheRows(GenerationModel model, CacheBuckets buckets, long budget, int slots) {
    this.model = model;
    this.buckets = buckets;
    this.budget = budget;
    this.slots = slots;
    int[] lengths = buckets.lengths();
    this.cache =
        model.newBuckets(IntStream.concat(IntStream.of(lengths), IntStream.of(lengths)).toArray());
    for (int b = 0; b < lengths.length; b++) {
      rows.add(new ArrayList<>());
      prompts.add(new ArrayList<>());
    }
  }

  KvCache cache() {
    return cache;
  }

  /** Most memory that was taken at a time, in bytes. */
  long peakBytes() {
    return peak;
  }

  /** Number of running sequences. */
  int size() {
    return rows.stream().mapToInt(List::size).sum();
  }

  /** The sequences in the order in which a decode step takes them. */
  List<DecodeRow> all() {
    return rows.stream().flatMap(List::stream).toList();
  }

  /** Where {@link #all()} are. */
  List<CacheRun> runs() {
    List<CacheRun> out = new ArrayList<>();
    for (int b = 0; b < rows.size(); b++) {
      List<DecodeRow> here = rows.get(b);
      for (int from = 0; from < here.size(); ) {
        int to = lastNeighbour(here, from, here.get(from)) + 1;
        int first = from;
        int bucket = b;
        out.add(
            here.get(from)
                .shared()
                .map(p -> new CacheRun(bucket, first, to - first, p.place(), p.positions()))
                .orElse(CacheRun.whole(b, from, to - from)));
        from = to;
      }
    }
    return out;
  }

  /** The last of the sequences from {@code from} on that share what {@code one} shares. */
  private int lastNeighbour(List<DecodeRow> here, int from, DecodeRow one) {
    int last = from;
    while (last + 1 < here.size() && here.get(last + 1).shared().equals(one.shared())) {
      last++;
    }
    return last;
  }

  /**
   * The places that sequences got, to be filled by the caller.
   *
   * @param rows one for each of them, in their order
   * @param shared of what they share, or {@link CacheRun#NOWHERE}
   */
  record Places(int[] rows, int shared) {}

  /**
   * Gives sequences that share their prompts rows for their next input, and one for the part of the
   * prompt that lies apart.
   */
  Places begin(List<DecodeRow> members) {
    members.get(0).shared().ifPresent(this::place);
    int shared = members.get(0).shared().map(SharedPrompt::place).orElse(CacheRun.NOWHERE);
    return new Places(add(members), shared);
  }

  private int[] add(List<DecodeRow> more) {
    int[] added = new int[rows.size()];
    more.forEach(row -> added[bucket(row)]++);
    for (int b = 0; b < added.length; b++) {
      ensure(b, rows.get(b).size() + added[b], rows.get(b).size());
    }
    int[] places = new int[more.size()];
    for (int i = 0; i < places.length; i++) {
      int b = bucket(more.get(i));
      places[i] = KvCache.place(b, rows.get(b).size());
      rows.get(b).add(more.get(i));
    }
    return places;
  }

  private void place(SharedPrompt prompt) {
    int b = buckets.of(prompt.positions());
    List<SharedPrompt> here = prompts.get(b);
    ensure(rows.size() + b, here.size() + 1, here.size());
    prompt.placed(KvCache.place(rows.size() + b, here.size()));
    here.add(prompt);
  }

  /** Gives up the row of a prompt that no sequence shares any more, if it has one. */
  void free(SharedPrompt prompt) {
    if (prompt.place() == CacheRun.NOWHERE) {
      return;
    }
    int b = buckets.of(prompt.positions());
    List<SharedPrompt> here = prompts.get(b);
    SharedPrompt last = here.remove(here.size() - 1);
    if (last != prompt) {
      model.copyRow(cache, last.place(), prompt.place(), last.positions());
      here.set(here.indexOf(prompt), last);
      last.placed(prompt.place());
    }
    if (here.isEmpty()) {
      model.resize(cache, rows.size() + b, 0, 0);
    }
  }

  /** The places of {@link #all()}. */
  int[] places() {
    int[] places = new int[size()];
    int n = 0;
    for (int b = 0; b < rows.size(); b++) {
      for (int r = 0; r < rows.get(b).size(); r++) {
        places[n++] = KvCache.place(b, r);
      }
    }
    return places;
  }

  /** Moves sequences whose next input does not fit their row into a longer one. */
  void arrange() {
    for (int b = rows.size() - 1; b >= 0; b--) {
      int length = buckets.lengths()[b];
      List<DecodeRow> here = rows.get(b);
      List<DecodeRow> grown = here.stream().filter(row -> row.ownPosition() >= length).toList();
      if (grown.isEmpty()) {
        continue;
      }
      long needed = grown.stream().mapToLong(row -> buckets.lengths()[bucket(row)]).sum();
      // Rows exist twice while they move: one after the other where memory is short.
      int together = cache.positions() + needed <= budget ? grown.size() : 1;
      for (int from = 0; from < grown.size(); from += together) {
        move(b, grown.subList(from, from + together));
        if (together == 1) {
          giveUpUnused();
        }
      }
      release(b);
    }
  }

  private void move(int b, List<DecodeRow> some) {
    List<DecodeRow> here = rows.get(b);
    int[] places = add(some);
    for (int r = here.size() - 1; r >= 0; r--) {
      int moved = some.indexOf(here.get(r));
      if (moved >= 0) {
        DecodeRow row = here.get(r);
        model.copyRow(cache, KvCache.place(b, r), places[moved], row.ownPosition());
        remove(b, r);
      }
    }
  }

  /** Takes sequences out; those that match, in no order. */
  List<DecodeRow> remove(Predicate<DecodeRow> which) {
    List<DecodeRow> out = new ArrayList<>();
    for (int b = 0; b < rows.size(); b++) {
      for (int r = rows.get(b).size() - 1; r >= 0; r--) {
        if (which.test(rows.get(b).get(r))) {
          out.add(rows.get(b).get(r));
          remove(b, r);
        }
      }
      release(b);
    }
    return out;
  }

  private int bucket(DecodeRow row) {
    return buckets.of(row.ownPosition() + 1);
  }

  /**
   * Closes the gap that row {@code r} leaves: with the last of its neighbours, whose gap the last
   * of the next ones closes, and so on.
   */
  private void remove(int b, int r) {
    List<DecodeRow> here = rows.get(b);
    DecodeRow one = here.get(r);
    int gap = r;
    while (true) {
      int last = lastNeighbour(here, gap, one);
      if (last > gap) {
        DecodeRow moved = here.get(last);
        model.copyRow(cache, KvCache.place(b, last), KvCache.place(b, gap), moved.ownPosition());
        here.set(gap, moved);
        gap = last;
      }
      if (gap == here.size() - 1) {
        here.remove(gap);
        return;
      }
      one = here.get(gap + 1);
    }
  }

  private void release(int b) {
    if (rows.get(b).isEmpty() && cache.rows(b) > 0) {
      model.resize(cache, b, 0, 0);
    }
  }

  /** Gives a bucket of which {@code used} rows are taken at least {@code need}. */
  private void ensure(int b, int need, int used) {
    int has = cache.rows(b);
    if (need <= has) {
      return;
    }
    int length = cache.length(b);
    int generous = Math.max(need, Math.min(slots, has + has / 2));
    if (cache.positions() + (long) (generous - has) * length > budget) {
      generous = need;
      if (cache.positions() + (long) (need - has) * length > budget) {
        giveUpUnused();
        generous = Math.max(need, cache.rows(b));
      }
    }
    model.resize(cache, b, generous, used);
    peak = Math.max(peak, cache.bytes());
  }

  private void giveUpUnused() {
    for (int b = 0; b < rows.size(); b++) {
      giveUpUnused(b, rows.get(b).size());
      giveUpUnused(rows.size() + b, prompts.get(b).size());
    }
  }

  private void giveUpUnused(int b, int used) {
    if (used < cache.rows(b)) {
      model.resize(cache, b, used, used);
    }
  }

  /** Frees the cache. */
  @Override
  public void close() {
    cache.close();
  }
}
