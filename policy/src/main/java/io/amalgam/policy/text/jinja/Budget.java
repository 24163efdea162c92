package io.amalgam.policy.text.jinja;

/** What is left of the {@link Limits} of one rendering. */
final class Budget {
  private final Limits limits;
  private long steps;
  private long allocated;
  private int depth;

  Budget(Limits limits) {
    this.limits = limits;
  }

  void step() {
    if (++steps > limits.steps()) {
      throw JinjaException.limit("the template takes more than " + limits.steps() + " steps");
    }
  }

  /** To be called before a text or list of {@code size} is built. */
  void allocate(long size) {
    if (size > limits.length()) {
      throw JinjaException.limit(
          "the template builds a value of length " + size + ", allowed are " + limits.length());
    }
    allocated += size;
    if (allocated > limits.allocated()) {
      throw JinjaException.limit(
          "the template builds values of more than " + limits.allocated() + " elements together");
    }
  }

  /** To be called with the length of the output so far. */
  void output(long length) {
    if (length > limits.length()) {
      throw JinjaException.limit("the output is longer than " + limits.length() + " characters");
    }
  }

  void enter() {
    if (++depth > limits.depth()) {
      throw JinjaException.limit("calls are nested more than " + limits.depth() + " deep");
    }
  }

  void leave() {
    depth--;
  }
}
