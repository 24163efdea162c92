package io.amalgam.actors.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Looks whether addresses can be listened on, before anything is started. */
final class Ports {
  private Ports() {}

  /** Refuses a host that is not this machine's, and a port that somebody else holds. */
  static void requireFree(String section, String host, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      if (!socket.isBound()) {
        throw new IOException("not bound");
      }
    } catch (IOException e) {
      throw UserError.usage(
          "cannot listen on " + host + ":" + port + " (" + ErrorLine.oneLine(e) + ")",
          "set "
              + section
              + ".host to an address of this machine and "
              + section
              + ".port to a free port");
    }
  }
}
