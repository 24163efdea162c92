package io.amalgam.actors.cli;

import io.amalgam.actors.cluster.RunHandle;
import io.amalgam.actors.cluster.RunLauncher;
import io.amalgam.actors.cluster.RunOutcome;
import io.amalgam.actors.settings.ResolvedSettings;
import io.amalgam.actors.settings.RunSettings;
import io.amalgam.verifiers.task.NearestName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: this JVM joins a cluster with some of the roles. */
@Command(
    name = "run",
    description = {
      "Join a cluster with some roles: learner (with the controller), generator, verifier.",
      "Addresses are cluster.host, cluster.port and cluster.seeds."
    })
final class RunVerb implements Callable<Integer> {
  private static final List<String> ROLES = List.of("learner", "generator", "verifier");

  /** The controller lives where the learner is; naming it too is allowed. */
  private static final String CONTROLLER = "controller";

  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--roles",
      required = true,
      split = ",",
      paramLabel = "ROLE",
      description = "Roles of this JVM, separated by commas: learner, generator, verifier.")
  private List<String> roles = List.of();

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = "Run directory that the learner makes; must not exist.")
  private Optional<Path> runDir = Optional.empty();

  @Option(
      names = "--resume",
      description = "The learner goes on from the newest checkpoint of --run-dir.")
  private boolean resume;

  @Option(names = "--json", description = "Print the closing summary as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Set<String> chosen = roles();
    ResolvedSettings resolved = config.load();
    RunSettings.Cluster cluster = resolved.settings().cluster();
    Ports.requireFree("cluster", cluster.host(), cluster.port());
    if (!chosen.contains("learner")) {
      return join(resolved.settings(), chosen);
    }
    RunSession session = new RunSession(spec.commandLine(), resolved, chosen, json);
    if (!resume) {
      return session.start(runDir);
    }
    if (runDir.isEmpty()) {
      throw UserError.usage("--resume needs --run-dir", "name the run directory to go on with");
    }
    ResumeVerb.requireCheckpoint(runDir.get());
    return session.resume(runDir.get());
  }

  private Set<String> roles() {
    Set<String> chosen = new TreeSet<>();
    for (String role : roles) {
      String name = role.strip();
      if (!ROLES.contains(name) && !name.equals(CONTROLLER)) {
        throw UserError.usage("unknown role \"" + name + "\"", NearestName.suggestion(name, ROLES));
      }
      chosen.add(name);
    }
    if (chosen.remove(CONTROLLER) && !chosen.contains("learner")) {
      throw UserError.usage(
          "the controller lives with the learner", "give --roles learner,controller");
    }
    return chosen;
  }

  /** Generators and verifiers keep no run directory: they work until the learner is done. */
  private int join(RunSettings settings, Set<String> chosen) throws InterruptedException {
    ModelPath.require(settings.model().path(), spec.commandLine().getErr());
    try (Interruption interruption = new Interruption()) {
      RunHandle handle =
          RunLauncher.startRoles(
              settings, Path.of(settings.run().directory()), chosen, event -> {}, false);
      interruption.stops(handle);
      spec.commandLine()
          .getErr()
          .println(
              String.join(", ", chosen)
                  + " at "
                  + settings.cluster().host()
                  + ":"
                  + settings.cluster().port()
                  + ", joining "
                  + String.join(", ", settings.cluster().seeds()));
      RunOutcome outcome = handle.await();
      spec.commandLine().getErr().println(outcome.reason().isEmpty() ? "done" : outcome.reason());
      return outcome.ending().exitCode();
    }
  }
}
