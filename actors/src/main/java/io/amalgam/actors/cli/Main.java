package io.amalgam.actors.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs one verb and ends the JVM with its exit code. */
  public static void main(String[] args) {
    int code = AmalgamCommand.commandLine(writer(System.out), writer(System.err)).execute(args);
    System.exit(code);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
