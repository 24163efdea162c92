package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.GenerationModel;
import io.amalgam.policy.kernel.KvCache;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The running sequences and the rows of the cache that they have: each in the bucket with the
 * shortest rows that hold it, the rows of a bucket compact from 0 on.
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
    this.cache = model.newBuckets(buckets.lengths());
    for (int b = 0; b < buckets.lengths().length; b++) {
      rows.add(new ArrayList<>());
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

  /** How many of {@link #all()} are in each bucket. */
  int[] perBucket() {
    return rows.stream().mapToInt(List::size).toArray();
  }

  /** Gives sequences rows for their next input; their places, to be filled by the caller. */
  int[] add(List<DecodeRow> more) {
    int[] added = new int[rows.size()];
    more.forEach(row -> added[bucket(row)]++);
    for (int b = 0; b < added.length; b++) {
      ensure(b, rows.get(b).size() + added[b]);
    }
    int[] places = new int[more.size()];
    for (int i = 0; i < places.length; i++) {
      int b = bucket(more.get(i));
      places[i] = KvCache.place(b, rows.get(b).size());
      rows.get(b).add(more.get(i));
    }
    return places;
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
      List<DecodeRow> grown = here.stream().filter(row -> row.position() >= length).toList();
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
        model.copyRow(cache, KvCache.place(b, r), places[moved], here.get(r).position());
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
    return buckets.of(row.position() + 1);
  }

  /** Closes the gap that row {@code r} leaves with the bucket's last row. */
  private void remove(int b, int r) {
    List<DecodeRow> here = rows.get(b);
    int last = here.size() - 1;
    DecodeRow moved = here.remove(last);
    if (r < last) {
      model.copyRow(cache, KvCache.place(b, last), KvCache.place(b, r), moved.position());
      here.set(r, moved);
    }
  }

  private void release(int b) {
    if (rows.get(b).isEmpty() && cache.rows(b) > 0) {
      model.resize(cache, b, 0, 0);
    }
  }

  private void ensure(int b, int need) {
    int has = cache.rows(b);
    if (need <= has) {
      return;
    }
    int length = buckets.lengths()[b];
    int generous = Math.max(need, Math.min(slots, has + has / 2));
    if (cache.positions() + (long) (generous - has) * length > budget) {
      generous = need;
      if (cache.positions() + (long) (need - has) * length > budget) {
        giveUpUnused();
        generous = Math.max(need, cache.rows(b));
      }
    }
    model.resize(cache, b, generous, rows.get(b).size());
    peak = Math.max(peak, cache.bytes());
  }

  private void giveUpUnused() {
    for (int b = 0; b < rows.size(); b++) {
      int used = rows.get(b).size();
      if (used < cache.rows(b)) {
        model.resize(cache, b, used, used);
      }
    }
  }

  /** Frees the cache. */
  @Override
  public void close() {
    cache.close();
  }
}
