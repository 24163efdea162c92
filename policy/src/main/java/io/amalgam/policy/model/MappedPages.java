package io.amalgam.policy.model;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Pages of a mapped file that are in memory. */
final class MappedPages {
  /**
   * {@code MADV_DONTNEED}: of a file that is mapped for reading, pages are read again when used.
   */
  private static final int NOT_NEEDED = 4;

  /** No system's pages are larger by default, and what is not a whole page stays. */
  private static final long PAGE = 1 << 16;

  private MappedPages() {}

  /**
   * Takes the whole pages of a buffer out of the process's memory; they stay in the system's cache
   * of files. Only for mapped files: other memory would lose its contents.
   */
  static void release(ByteBuffer mapped) {
    try {
      long start = Pointer.nativeValue(Native.getDirectBufferPointer(mapped));
      long first = (start + PAGE - 1) / PAGE * PAGE;
      long length = (start + mapped.capacity()) / PAGE * PAGE - first;
      if (length > 0) {
        Function.getFunction("c", "madvise")
            .invokeInt(new Object[] {new Pointer(first), length, NOT_NEEDED});
      }
    } catch (LinkageError e) {
      // a system without it keeps the pages until it needs their memory
      return;
    }
  }
}
