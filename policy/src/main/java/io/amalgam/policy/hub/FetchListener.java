package io.amalgam.policy.hub;

import java.time.Duration;

/** Told what a download does, on the thread that downloads. Every method may do nothing. */
public interface FetchListener {
  /** A listener that ignores everything. */
  FetchListener SILENT = new FetchListener() {};

  /**
   * The files of a model are known and their download begins.
   *
   * @param files how many have to be fetched
   * @param bytes their size together; what was fetched before and is resumed counts too
   */
  default void began(ModelName model, int files, long bytes) {}

  /**
   * More of a file has arrived, or a file begins.
   *
   * @param done bytes of the file that are here, resumed ones included
   * @param size all of its bytes, or -1 when the hub did not say
   */
  default void advanced(String file, long done, long size) {}

  /** A file is whole, checked and in its place. */
  default void completed(String file, long size) {}

  /** An attempt failed and is repeated after a pause. */
  default void retrying(String what, String reason, Duration pause) {}

  /** Another process holds the lock of a file; its end is waited for. */
  default void waiting(String file) {}
}
