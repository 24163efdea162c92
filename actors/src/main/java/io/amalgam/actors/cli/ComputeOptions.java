package io.amalgam.actors.cli;

import io.amalgam.policy.kernel.ComputeFormat;
import io.amalgam.policy.kernel.ComputeSettings;
import io.amalgam.policy.kernel.SamplerPrecision;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options of the verbs that compute with a model outside a run. */
final class ComputeOptions {
  @Option(
      names = "--dtype",
      description = "Number format of the products: f32, bf16 or auto. Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(names = "--threads", description = "Operator threads; 0, the default, for all cores.")
  private int threads;

  @Option(names = "--device", description = "cpu or cuda:N. Default: ${DEFAULT-VALUE}.")
  private String device = "cpu";

  @Option(
      names = "--sampler",
      description = "Weights in decoding: exact or int8. Default: ${DEFAULT-VALUE}.")
  private String sampler = "exact";

  /** In f32 unless asked for another format. */
  ComputeOptions() {
    this("f32");
  }

  ComputeOptions(String defaultFormat) {
    format = defaultFormat;
  }

  /** The same options for another process. */
  java.util.List<String> arguments() {
    return java.util.List.of(
        "--dtype",
        format,
        "--threads",
        String.valueOf(threads),
        "--device",
        device,
        "--sampler",
        sampler);
  }

  ComputeSettings settings() {
    if (!java.util.List.of("exact", "int8").contains(sampler)) {
      throw UserError.usage("--sampler " + sampler + " is unknown", "give exact or int8");
    }
    if (!java.util.List.of("f32", "bf16", "auto").contains(format)) {
      throw UserError.usage("--dtype " + format + " is unknown", "give f32, bf16 or auto");
    }
    if (threads < 0) {
      throw UserError.usage("--threads " + threads + " is out of range", "give 0 or more");
    }
    if (!device.matches("cpu|cuda:\\d{1,3}")) {
      throw UserError.usage("--device " + device + " is unknown", "give cpu or cuda:N");
    }
    return new ComputeSettings(
        threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
        ComputeFormat.valueOf(format.toUpperCase(Locale.ROOT)),
        device,
        SamplerPrecision.valueOf(sampler.toUpperCase(Locale.ROOT)));
  }
}
