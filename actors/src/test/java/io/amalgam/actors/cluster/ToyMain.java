package io.amalgam.actors.cluster;

import io.amalgam.actors.settings.RunSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A toy run in a process of its own: {@code RUN_DIR STEPS STALENESS STEP_NANOS RESUME}, and for a
 * node of a cluster further {@code HOST PORT SEED ROLES}. Prints a line per step.
 */
final class ToyMain {
  private ToyMain() {}

  public static void main(String[] args) throws InterruptedException {
    Path runDir = Path.of(args[0]);
    int steps = Integer.parseInt(args[1]);
    int staleness = Integer.parseInt(args[2]);
    ToyParts parts = ToySettings.parts(Long.parseLong(args[3]));
    boolean resume = Boolean.parseBoolean(args[4]);
    RunHandle handle;
    if (args.length == 5) {
      handle =
          RunLauncher.startLocal(
              ToySettings.of(steps, staleness), runDir, ToyMain::print, resume, parts);
    } else {
      RunSettings settings =
          ToySettings.node(steps, staleness, args[5], Integer.parseInt(args[6]), List.of(args[7]));
      Set<String> roles = new TreeSet<>(List.of(args[8].split(",")));
      handle = RunLauncher.startRoles(settings, runDir, roles, ToyMain::print, resume, parts);
    }
    Thread hook = new Thread(() -> stop(handle));
    Runtime.getRuntime().addShutdownHook(hook);
    System.out.println("ready");
    RunOutcome outcome = handle.await();
    System.out.println(
        "ended " + outcome.ending() + " " + outcome.steps() + " " + outcome.reason());
    Runtime.getRuntime().halt(outcome.ending().exitCode());
  }

  private static void stop(RunHandle handle) {
    handle.interrupt();
    try {
      Runtime.getRuntime().halt(handle.await().ending().exitCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(RunEvent event) {
    if (event instanceof RunEvent.StepCompleted s) {
      System.out.println("step " + s.step());
    } else if (!(event instanceof RunEvent.RolloutsStored)) {
      System.out.println(event);
    }
  }
}
