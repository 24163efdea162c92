package io.amalgam.verifiers.curriculum;

/**
 * How a run chooses its problems.
 *
 * @param learnability whether tasks are drawn by weight times 4 p (1 − p), p the share of their
 *     answers that are right (arXiv 2502.12272)
 * @param floor share of its weight that a task always keeps, above 0, at most 1
 * @param memory weight of the past in the moving mean of p, from 0 to below 1
 * @param backOffAfter groups in a row without variance after which a task's weight is halved, and
 *     halved again with each further one; 0 = never
 * @param startLevel level to begin with, or −1 to leave the configurations as they are
 * @param raiseAt moving mean from which a task rises a level
 * @param lowerAt moving mean below which it falls a level
 * @param levelGroups groups that a task is asked at a level before it moves, at least 1
 * @param restAfter groups in a row that could not be judged after which a task is set aside; 0 =
 *     never
 * @param rest ordinals of the first rest; every further rest is twice as long
 */
public record CurriculumRules(
    boolean learnability,
    double floor,
    double memory,
    int backOffAfter,
    int startLevel,
    double raiseAt,
    double lowerAt,
    int levelGroups,
    int restAfter,
    int rest) {
  /** Checks the ranges. */
  public CurriculumRules {
    if (!(floor > 0 && floor <= 1) || !(memory >= 0 && memory < 1) || backOffAfter < 0) {
      throw new IllegalArgumentException("curriculum: floor, memory or back-off out of range");
    }
    if (startLevel < -1 || levelGroups < 1 || !(lowerAt < raiseAt)) {
      throw new IllegalArgumentException("curriculum: levels out of range");
    }
    if (restAfter < 0 || rest < 1) {
      throw new IllegalArgumentException("curriculum: rest out of range");
    }
  }

  /** Draws by weight alone, configurations as given; tasks that cannot be judged are set aside. */
  public static CurriculumRules plain() {
    return new CurriculumRules(false, 0.1, 0.9, 0, -1, 0.8, 0.2, 16, 3, 64);
  }
}
