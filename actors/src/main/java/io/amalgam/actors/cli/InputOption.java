package io.amalgam.actors.cli;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where JSON lines come from: a file, or standard input. */
final class InputOption {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "JSON lines to read; - for standard input, the default.")
  private String input = "-";

  /** Opens the input; closing standard input leaves it open for the rest of the process. */
  BufferedReader open() throws IOException {
    if (input.equals("-")) {
      InputStream in =
          new FilterInputStream(System.in) {
            @Override
            public void close() {}
          };
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    Path file = Path.of(input);
    if (!Files.isRegularFile(file)) {
      throw UserError.usage("there is no input file " + input, "give an existing file or -");
    }
    // bytes that are no UTF-8 spoil their line, not the lines after it
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }
}
