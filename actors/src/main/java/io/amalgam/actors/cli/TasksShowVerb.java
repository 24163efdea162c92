package io.amalgam.actors.cli;

import io.amalgam.verifiers.task.Problem;
import io.amalgam.verifiers.task.Task;
import io.amalgam.verifiers.task.TaskMix;
import io.amalgam.verifiers.task.Verdict;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tasks show}: three problems of a task, with answers, worked steps and scores. */
@Command(name = "show", description = "Three problems of a task, with an answer and its score.")
final class TasksShowVerb implements Callable<Integer> {
  private static final int SHOWN = 3;

  @Spec private CommandSpec spec;
  @Mixin private TaskChoice choice = new TaskChoice();

  @Override
  public Integer call() {
    Task task = choice.create(SHOWN);
    PrintWriter out = spec.commandLine().getOut();
    out.println(task.name() + " (" + task.category() + ")  " + task.config());
    for (int i = 0; i < SHOWN; i++) {
      Problem problem = task.problem(i);
      out.println();
      out.println("problem " + i + (TaskMix.isHeldOut(problem.question()) ? "  (held out)" : ""));
      out.println(indented(problem.question()));
      task.workedSolution(problem).ifPresent(s -> out.println("  thinking: " + s));
      problem
          .answer()
          .ifPresentOrElse(
              answer ->
                  out.println(
                      "  answer:   "
                          + answer
                          + "   score "
                          + score(task.judge(problem, problem.answer()))),
              () -> out.println("  answer:   any valid solution"));
    }
    out.flush();
    return ExitCode.DONE.code();
  }

  private static String score(Verdict verdict) {
    return verdict instanceof Verdict.Scored
        ? String.valueOf(((Verdict.Scored) verdict).score())
        : String.valueOf(verdict);
  }

  private static String indented(String text) {
    return "  " + text.replace("\n", "\n  ");
  }
}
