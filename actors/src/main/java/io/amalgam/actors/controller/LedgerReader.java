package io.amalgam.actors.controller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.actors.wire.LedgerCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads the ledger of a run directory, whether the run is going on or not.
 *
 * <p>The database of a going run is locked by it; then a copy of its file is read. The file is
 * written at its end, chunk by checked chunk, so a copy is the database as it was a moment ago.
 */
public final class LedgerReader {
  /** The journal's name of the ledger. */
  public static final String PERSISTENCE_ID = "run-ledger";

  private static final String NAME = "ledger";
  private static final String FILE = "ledger.mv.db";

  /** Copies tried: one may be taken just while space is reused. */
  private static final int COPIES = 5;

  private static final String QUERY =
      "select \"sequence_number\", \"event_ser_manifest\", \"event_payload\" from \"event_journal\""
          + " where \"persistence_id\" = '"
          + PERSISTENCE_ID
          + "' order by \"sequence_number\"";

  private LedgerReader() {}

  /** The JDBC address of a run's ledger; every commit is on the disk when it returns. */
  public static String url(Path runDir) {
    return url(runDir.resolve("ledger").resolve(NAME), ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
  }

  private static String url(Path database, String options) {
    return "jdbc:h2:file:" + database.toAbsolutePath() + options;
  }

  /**
   * All events, void ones included.
   *
   * @throws IOException when there is no ledger or it cannot be read
   */
  public static List<Ledger.Recorded> events(Path runDir) throws IOException {
    Path file = runDir.resolve("ledger").resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException(runDir + " has no ledger");
    }
    Path copy = Files.createTempDirectory("ledger");
    try {
      SQLException last = new SQLException("it was never tried");
      for (int attempt = 0; attempt < COPIES; attempt++) {
        Files.copy(file, copy.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
        try {
          return read(url(copy.resolve(NAME), ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE"));
        } catch (SQLException e) {
          last = e;
        }
      }
      throw new IOException(
          "the ledger of " + runDir + " cannot be read: " + last.getMessage(), last);
    } finally {
      try (Stream<Path> left = Files.list(copy)) {
        for (Path p : left.toList()) {
          Files.deleteIfExists(p);
        }
      }
      Files.delete(copy);
    }
  }

  private static List<Ledger.Recorded> read(String url) throws SQLException, IOException {
    List<Ledger.Recorded> events = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        events.add(
            new Ledger.Recorded(
                rows.getLong(1), LedgerCodec.decode(rows.getString(2), rows.getBytes(3))));
      }
      return events;
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
