package io.amalgam.actors.controller;

import io.amalgam.verifiers.curriculum.CurriculumState;
import io.amalgam.verifiers.curriculum.ProblemSchedule;
import io.amalgam.verifiers.task.Problem;
import java.util.TreeMap;

/**
 * The problems of open groups. A group that is given out again has the same problem, whatever the
 * schedule has learnt meanwhile.
 */
final class GrantedProblems {
  private final ProblemSchedule schedule;
  private final TreeMap<Long, Problem> open = new TreeMap<>();
  private CurriculumState state = CurriculumState.initial();

  GrantedProblems(ProblemSchedule schedule) {
    this.schedule = schedule;
  }

  Problem of(long ordinal) {
    return open.computeIfAbsent(ordinal, o -> schedule.problem(state, o));
  }

  /** Later problems are chosen by this. */
  void learnt(CurriculumState latest) {
    state = latest;
  }

  /** The next grant of this ordinal draws its problem again. */
  void forget(long ordinal) {
    open.remove(ordinal);
  }

  /** Forgets the groups before an ordinal, which are all closed. */
  void forgetBefore(long firstUnfinished) {
    open.headMap(firstUnfinished).clear();
  }
}
