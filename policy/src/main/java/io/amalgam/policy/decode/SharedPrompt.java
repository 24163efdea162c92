package io.amalgam.policy.decode;

import io.amalgam.policy.kernel.CacheRun;
import io.amalgam.policy.kernel.KvCache;

/**
 * The beginning of a prompt whose keys and values lie once in the cache, for all members of a
 * group: the whole strides before the prompt's last token.
 *
 * <p>It is read once per step for all of them, which is what makes large groups fast; for a few
 * members, or a short prompt, the further operators cost more than they save.
 */
final class SharedPrompt {
  private static final int LEAST_MEMBERS = 4;
  private static final int LEAST_POSITIONS = 2 * KvCache.STRIDE;

  private final int positions;
  private int users;
  private int place = CacheRun.NOWHERE;

  /**
   * Not yet in the cache.
   *
   * @param users sequences that share it
   */
  SharedPrompt(int positions, int users) {
    this.positions = positions;
    this.users = users;
  }

  /** Positions that so many members share; 0: each has its own copy. */
  static int positions(int promptLength, int members) {
    int beginning = CacheRun.beginning(promptLength);
    return members >= LEAST_MEMBERS && beginning >= LEAST_POSITIONS ? beginning : 0;
  }

  int positions() {
    return positions;
  }

  /** The row of the cache that holds it, or {@link CacheRun#NOWHERE}. */
  int place() {
    return place;
  }

  void placed(int newPlace) {
    place = newPlace;
  }

  /** One sequence less; whether it was the last. */
  boolean leave() {
    users--;
    return users == 0;
  }
}
