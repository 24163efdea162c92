package io.amalgam.policy.text.jinja;

/** Text being written: that of the whole template, or of a part that is captured. */
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;

  Output(Budget budget) {
    this.budget = budget;
  }

  void write(String piece) {
    budget.output((long) text.length() + piece.length());
    text.append(piece);
  }

  int codePoints() {
    return text.codePointCount(0, text.length());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
