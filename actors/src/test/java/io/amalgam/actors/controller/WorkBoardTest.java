package io.amalgam.actors.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.amalgam.actors.controller.RunController.GeneratorFigures;
import io.amalgam.actors.controller.RunController.WorkWanted;
import io.amalgam.actors.generator.Generator;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class WorkBoardTest {
  private static final GroupKey FIRST = new GroupKey(0, 0);
  private static final GroupKey SECOND = new GroupKey(1, 0);

  private final TestInbox<Generator.Command> generator = TestInbox.create();
  private final WorkBoard board = new WorkBoard();

  private WorkWanted request(int groups, long tokens, GroupKey... held) {
    return new WorkWanted(
        generator.getRef(),
        "generator-0",
        "run/0",
        3,
        groups,
        List.of(held),
        new GeneratorFigures(0, tokens, 0, 0, 0));
  }

  @Test
  void aGrantOnItsWayIsNotAskedForAgain() {
    WorkWanted asked = request(2, 0);
    board.wanted(asked, 1);
    board.lease(FIRST, asked, 1);
    board.lease(SECOND, asked, 1);
    board.served(asked, 2);
    assertThat(board.requests("run/0")).isEmpty();
    board.wanted(request(2, 0), 2);
    assertThat(board.requests("run/0")).as("sent before the grant arrived").isEmpty();
    board.wanted(request(2, 0, FIRST), 3);
    assertThat(board.requests("run/0")).singleElement().matches(r -> r.groups() == 1);
    board.wanted(request(2, 0, FIRST, SECOND), 4);
    assertThat(board.requests("run/0")).singleElement().matches(r -> r.groups() == 2);
  }

  @Test
  void aLeaseIsRenewedAsLongAsItsGeneratorSamples() {
    WorkWanted asked = request(1, 7);
    board.wanted(asked, 10);
    board.lease(FIRST, asked, 10);
    board.wanted(request(0, 8, FIRST), 20);
    assertThat(board.leasedBefore(20)).isEmpty();
    board.wanted(request(0, 8, FIRST), 30);
    assertThat(board.leasedBefore(21)).containsExactly(FIRST);
    assertThat(board.leases().get(FIRST).sinceNanos()).isEqualTo(10);
  }

  @Test
  void onlyTheLeaseOfWhatTheGeneratorHoldsIsRenewed() {
    WorkWanted asked = request(2, 7);
    board.wanted(asked, 10);
    board.lease(FIRST, asked, 10);
    board.lease(SECOND, asked, 10);
    board.wanted(request(0, 9, SECOND), 20);
    assertThat(board.leasedBefore(20)).containsExactly(FIRST);
  }
}
