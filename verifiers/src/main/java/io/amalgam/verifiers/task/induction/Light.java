package io.amalgam.verifiers.task.induction;

/** What the detector's light does, as far as the experiments tell. */
enum Light {
  OFF("off"),
  UNDETERMINED("undetermined"),
  ON("on");

  private final String word;

  Light(String word) {
    this.word = word;
  }

  /** The answer in one word. */
  String word() {
    return word;
  }
}
