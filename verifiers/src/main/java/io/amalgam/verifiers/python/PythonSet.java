package io.amalgam.verifiers.python;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set that iterates in the order of a CPython 3.11 {@code set}: open addressing with short linear
 * runs, where the order depends on hashes, insertions and how the set came about.
 *
 * <p>Elements are whole numbers that fit a {@code long}, texts, and tuples of such ({@code List} of
 * elements). The order of texts is that of a process started with {@code PYTHONHASHSEED=0}, which
 * made the recorded samples. Not thread-safe.
 *
 * @param <E> {@code Long}, {@code Integer}, {@code String} or {@code List} of these
 */
public final class PythonSet<E> implements Iterable<E> {
  private static final int SMALLEST_TABLE = 8;
  private static final int LINEAR_PROBES = 9;
  private static final int PERTURB_SHIFT = 5;
  private static final int LARGE = 50_000;

  /** Stands where an element was removed. */
  private static final Object REMOVED = new Object();

  private @Nullable Object[] keys = new @Nullable Object[SMALLEST_TABLE];
  private long[] hashes = new long[SMALLEST_TABLE];

  /** Slots that are or were in use. */
  private int filled;

  private int size;

  /** An empty set. */
  public PythonSet() {}

  /** {@code set(iterable)} of a list: the elements are added one by one. */
  public static <E> PythonSet<E> of(Collection<? extends E> elements) {
    PythonSet<E> set = new PythonSet<>();
    elements.forEach(set::add);
    return set;
  }

  /** {@code set(other)} of a set. */
  public PythonSet<E> copy() {
    PythonSet<E> copy = new PythonSet<>();
    copy.merge(this);
    return copy;
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** Whether an element is in the set. */
  public boolean contains(E element) {
    return keys[slot(element, PythonHash.of(element))] != null;
  }

  /** Adds an element. */
  public void add(E element) {
    add(element, PythonHash.of(element));
  }

  private void add(Object element, long hash) {
    int slot = slot(element, hash);
    if (keys[slot] != null) {
      return;
    }
    keys[slot] = element;
    hashes[slot] = hash;
    filled++;
    size++;
    if ((long) filled * 5 >= (long) mask() * 3) {
      resize(size > LARGE ? size * 2L : size * 4L);
    }
  }

  /** Removes an element if it is there. */
  public void discard(E element) {
    int slot = slot(element, PythonHash.of(element));
    if (keys[slot] != null) {
      keys[slot] = REMOVED;
      hashes[slot] = -1;
      size--;
    }
  }

  /** {@code self.update(other)} of a set, also one of the arguments of {@code self.union(...)}. */
  public void update(PythonSet<E> other) {
    merge(other);
  }

  /** {@code self | other} of two sets. */
  public PythonSet<E> union(PythonSet<E> other) {
    PythonSet<E> result = copy();
    result.merge(other);
    return result;
  }

  /** {@code self.union(list)}. */
  public PythonSet<E> union(Collection<? extends E> other) {
    PythonSet<E> result = copy();
    other.forEach(result::add);
    return result;
  }

  /** {@code self - other} of two sets. */
  public PythonSet<E> difference(PythonSet<E> other) {
    if (size >> 2 > other.size) {
      return difference(other.toList());
    }
    PythonSet<E> result = new PythonSet<>();
    for (int i = 0; i < keys.length; i++) {
      Object key = keys[i];
      if (key != null && key != REMOVED && other.keys[other.slot(key, hashes[i])] == null) {
        result.add(key, hashes[i]);
      }
    }
    return result;
  }

  /** {@code self.difference(list)}. */
  public PythonSet<E> difference(Collection<? extends E> other) {
    PythonSet<E> result = copy();
    other.forEach(result::discard);
    if (result.filled - result.size > result.mask() / 4) {
      result.resize(result.size * 4L);
    }
    return result;
  }

  /** {@code self & other} of two sets. */
  public PythonSet<E> intersection(PythonSet<E> other) {
    return other.size > size ? other.intersection(toList()) : intersection(other.toList());
  }

  /** {@code self.intersection(list)}. */
  public PythonSet<E> intersection(Collection<? extends E> other) {
    PythonSet<E> result = new PythonSet<>();
    for (E element : other) {
      if (contains(element)) {
        result.add(element);
      }
    }
    return result;
  }

  /** The elements in order of iteration. */
  @SuppressWarnings("unchecked") // only elements and the mark of removal are ever stored
  public List<E> toList() {
    List<E> elements = new ArrayList<>(size);
    for (Object key : keys) {
      if (key != null && key != REMOVED) {
        elements.add((E) key);
      }
    }
    return elements;
  }

  @Override
  public Iterator<E> iterator() {
    return toList().iterator();
  }

  private int mask() {
    return keys.length - 1;
  }

  /** The slot that holds an element, or the empty one where it would go. */
  private int slot(Object element, long hash) {
    long perturb = hash;
    int start = (int) (hash & mask());
    while (true) {
      int last = start + LINEAR_PROBES <= mask() ? start + LINEAR_PROBES : start;
      for (int i = start; i <= last; i++) {
        Object key = keys[i];
        if (key == null || (key != REMOVED && hashes[i] == hash && key.equals(element))) {
          return i;
        }
      }
      perturb >>>= PERTURB_SHIFT;
      start = (int) ((start * 5L + 1 + perturb) & mask());
    }
  }

  private void resize(long minimum) {
    int length = SMALLEST_TABLE;
    while (length <= minimum) {
      length <<= 1;
    }
    @Nullable Object[] oldKeys = keys;
    long[] oldHashes = hashes;
    keys = new @Nullable Object[length];
    hashes = new long[length];
    filled = size;
    insertAll(oldKeys, oldHashes);
  }

  private void insertAll(@Nullable Object[] otherKeys, long[] otherHashes) {
    for (int i = 0; i < otherKeys.length; i++) {
      Object key = otherKeys[i];
      if (key != null && key != REMOVED) {
        int slot = slot(key, otherHashes[i]);
        keys[slot] = key;
        hashes[slot] = otherHashes[i];
      }
    }
  }

  private void merge(PythonSet<E> other) {
    if (other.size == 0) {
      return;
    }
    if (((long) filled + other.size) * 5 >= (long) mask() * 3) {
      resize(((long) size + other.size) * 2);
    }
    if (filled == 0 && keys.length == other.keys.length && other.filled == other.size) {
      keys = Arrays.copyOf(other.keys, other.keys.length);
      hashes = other.hashes.clone();
      filled = other.filled;
      size = other.size;
    } else if (filled == 0) {
      filled = other.size;
      size = other.size;
      insertAll(other.keys, other.hashes);
    } else {
      for (int i = 0; i < other.keys.length; i++) {
        Object key = other.keys[i];
        if (key != null && key != REMOVED) {
          add(key, other.hashes[i]);
        }
      }
    }
  }
}
