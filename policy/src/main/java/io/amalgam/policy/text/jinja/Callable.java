package io.amalgam.policy.text.jinja;

/** A value that can be called. */
interface Callable {
  Object call(Run run, Arguments arguments);
}
