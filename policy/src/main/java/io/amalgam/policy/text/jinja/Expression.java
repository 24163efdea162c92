package io.amalgam.policy.text.jinja;

/** A part of a template that has a value. */
interface Expression {
  Object evaluate(Frame frame);
}
