package io.amalgam.verifiers.task.logic;

import java.util.Locale;

/**
 * The four forms of a categorical statement, with the classical properties that decide which
 * arguments are valid.
 */
enum Quantifier {
  ALL,
  NO,
  SOME,
  SOME_NOT;

  /** The configuration field that allows this form. */
  String field() {
    return "allow_" + name().toLowerCase(Locale.ROOT);
  }

  /** The statement about two terms in words. */
  String statement(String subject, String predicate) {
    return switch (this) {
      case ALL -> "All " + subject + " are " + predicate;
      case NO -> "No " + subject + " are " + predicate;
      case SOME -> "Some " + subject + " are " + predicate;
      case SOME_NOT -> "Some " + subject + " are not " + predicate;
    };
  }

  private boolean isNegative() {
    return this == NO || this == SOME_NOT;
  }

  private boolean isParticular() {
    return this == SOME || this == SOME_NOT;
  }

  /** Whether the statement speaks of all of its subject. */
  private boolean distributesSubject() {
    return this == ALL || this == NO;
  }

  /** Whether the statement speaks of all of its predicate. */
  private boolean distributesPredicate() {
    return this == NO || this == SOME_NOT;
  }

  /**
   * Whether "Q S are P" is said to imply "Q' P are S": by simple conversion, or from all to some.
   */
  boolean convertsTo(Quantifier other) {
    return switch (this) {
      case NO -> other == NO;
      case ALL, SOME -> other == SOME;
      case SOME_NOT -> false;
    };
  }

  /**
   * Whether "Q3 A are C" is said to follow from "Q1 A are B" and "Q2 B are C".
   *
   * <p>The rules on quality, quantity and the terms of the conclusion; that the middle term B be
   * distributed is not asked.
   */
  static boolean follows(Quantifier minor, Quantifier major, Quantifier conclusion) {
    boolean anyNegative = minor.isNegative() || major.isNegative();
    boolean anyParticular = minor.isParticular() || major.isParticular();
    if ((minor.isNegative() && major.isNegative())
        || (minor.isParticular() && major.isParticular())) {
      return false;
    }
    if ((anyParticular && !conclusion.isParticular()) || anyNegative != conclusion.isNegative()) {
      return false;
    }
    boolean subjectKept = !conclusion.distributesSubject() || minor.distributesSubject();
    boolean predicateKept = !conclusion.distributesPredicate() || major.distributesPredicate();
    return subjectKept && predicateKept;
  }
}
