package io.amalgam.actors.controller;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables that the journal of the ledger needs, made when they are not there. */
public final class LedgerSchema {
  /** The journal's column names are its plugin's; only the columns it writes are here. */
  private static final List<String> STATEMENTS =
      List.of(
          "create table if not exists \"event_journal\" ("
              + "\"ordering\" bigint unique not null auto_increment,"
              + "\"deleted\" boolean default false not null,"
              + "\"persistence_id\" varchar(255) not null,"
              + "\"sequence_number\" bigint not null,"
              + "\"writer\" varchar not null,"
              + "\"write_timestamp\" bigint not null,"
              + "\"adapter_manifest\" varchar not null,"
              + "\"event_payload\" blob not null,"
              + "\"event_ser_id\" integer not null,"
              + "\"event_ser_manifest\" varchar not null,"
              + "\"meta_payload\" blob,"
              + "\"meta_ser_id\" integer,"
              + "\"meta_ser_manifest\" varchar,"
              + "primary key(\"persistence_id\",\"sequence_number\"))",
          "create table if not exists \"event_tag\" ("
              + "\"event_id\" bigint not null,"
              + "\"tag\" varchar not null,"
              + "primary key(\"event_id\",\"tag\"))");

  private LedgerSchema() {}

  /**
   * Makes the ledger's database in a run directory, or finds it there.
   *
   * @throws IOException when it cannot be opened, for example because another process has it
   */
  public static void prepare(Path runDir) throws IOException {
    Files.createDirectories(runDir.resolve("ledger"));
    try (Connection connection = DriverManager.getConnection(LedgerReader.url(runDir));
        Statement statement = connection.createStatement()) {
      for (String sql : STATEMENTS) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IOException("the ledger of " + runDir + " cannot be opened: " + e.getMessage(), e);
    }
  }
}
