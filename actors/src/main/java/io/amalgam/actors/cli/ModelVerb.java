package io.amalgam.actors.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code model}: the index of the model verbs. */
@Command(
    name = "model",
    description = "Look into a model directory, make one, run one.",
    subcommands = {
      ModelInspectVerb.class,
      ModelInitVerb.class,
      ModelPretrainVerb.class,
      ModelForwardVerb.class,
      ModelGenerateVerb.class,
      ModelRenderVerb.class,
      ModelTokenizeVerb.class
    })
final class ModelVerb implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
