package io.amalgam.policy.kernel;

import com.sun.jna.Function;

/**
 * The C library's heap, which keeps what was freed for the next allocation, and cannot use it where
 * something small lies in between.
 */
final class NativeHeap {
  private NativeHeap() {}

  /**
   * Gives free pages back to the system, where the C library can ({@code malloc_trim} of glibc).
   */
  static void trim() {
    try {
      Function.getFunction("c", "malloc_trim").invokeInt(new Object[] {0L});
    } catch (LinkageError e) {
      // another C library; its heap keeps what it keeps
      return;
    }
  }
}
