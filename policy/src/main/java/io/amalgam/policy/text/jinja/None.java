package io.amalgam.policy.text.jinja;

/** The value {@code none}. */
enum None {
  NONE
}
