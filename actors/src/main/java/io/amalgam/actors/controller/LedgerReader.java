package io.amalgam.actors.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.wire.LedgerCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the ledger of a run directory, whether the run is going on or not.
 *
 * <p>The database of a going run is shared through its server socket on this machine.
 */
public final class LedgerReader {
  /** The journal's name of the ledger. */
  public static final String PERSISTENCE_ID = "run-ledger";

  private static final String QUERY =
      "select \"sequence_number\", \"event_ser_manifest\", \"event_payload\" from \"event_journal\""
          + " where \"persistence_id\" = '"
          + PERSISTENCE_ID
          + "' order by \"sequence_number\"";

  private LedgerReader() {}

  /** The JDBC address of a run's ledger; every commit is on the disk when it returns. */
  public static String url(Path runDir) {
    return "jdbc:h2:file:"
        + runDir.resolve("ledger").resolve("ledger").toAbsolutePath()
        + ";WRITE_DELAY=0;AUTO_SERVER=TRUE;DB_CLOSE_ON_EXIT=FALSE";
  }

  /**
   * All events, void ones included.
   *
   * @throws IOException when there is no ledger or it cannot be read
   */
  public static List<Ledger.Recorded> events(Path runDir) throws IOException {
    if (!Files.exists(runDir.resolve("ledger").resolve("ledger.mv.db"))) {
      throw new IOException(runDir + " has no ledger");
    }
    List<Ledger.Recorded> events = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url(runDir) + ";IFEXISTS=TRUE");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        events.add(
            new Ledger.Recorded(
                rows.getLong(1), LedgerCodec.decode(rows.getString(2), rows.getBytes(3))));
      }
      return events;
    } catch (SQLException e) {
      throw new IOException("the ledger of " + runDir + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The lines of the verb {@code ledger}: one object per event of a group that still holds, with
   * {@code ordinal, attempt, outcome, version, reason}.
   *
   * @throws IOException when there is no ledger or it cannot be read
   */
  public static void lines(Path runDir, Consumer<ObjectNode> out) throws IOException {
    for (Ledger.Recorded r : Ledger.surviving(events(runDir))) {
      if (r.event() instanceof LedgerEvent.Opened e) {
        out.accept(line(e.key(), "pending", e.version(), ""));
      } else if (r.event() instanceof LedgerEvent.Closed e) {
        out.accept(line(e.key(), e.outcome().text(), e.version(), e.reason()));
      }
    }
  }

  private static ObjectNode line(GroupKey key, String outcome, long version, String reason) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ordinal", key.ordinal())
        .put("attempt", key.attempt())
        .put("outcome", outcome)
        .put("version", version)
        .put("reason", reason);
  }
}
