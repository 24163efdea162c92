package io.amalgam.actors.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedTableTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Map<Quantity, String> SPEED = Map.of(Quantity.TOKENS_PER_SECOND, "tok_s");

  @Test
  void ratioIsTheMedianOfPairsNotOfSides() throws Exception {
    // ours and theirs slow down together in the second pair
    List<SpeedRow> rows = turns(List.of(10.0, 5.0, 12.0), anchor(5.0, 2.0, 4.0));
    SpeedRow row = rows.get(0);
    assertThat(row.ours().figure()).hasValue(10);
    assertThat(row.anchor().figure()).hasValue(4);
    assertThat(row.ratio()).contains(new SpeedRow.Ratio(2.5, 2, 3));
    assertThat(row.reached()).contains(true);
    assertThat(SpeedRow.median(4, 1, 3, 2)).isEqualTo(2.5);
  }

  @Test
  void targetsKnowTheirDirection() {
    assertThat(Target.atLeast(1.15).reached(1.15)).isTrue();
    assertThat(Target.atLeast(1.15).reached(1.14)).isFalse();
    assertThat(Target.atMost(0.5).reached(0.5)).isTrue();
    assertThat(Target.atMost(0.5).reached(0.51)).isFalse();
    assertThat(Target.atMost(1 / 3.0)).hasToString("≤ 0.33");
  }

  @Test
  void rowWithoutAnchorIsMeasuredAllTheSame() throws Exception {
    SpeedRow row = turns(List.of(10.0), new MissingAnchor("theirs", "is not here")).get(0);
    assertThat(row.ours().figure()).hasValue(10);
    assertThat(row.anchor().missing()).isEqualTo("is not here");
    assertThat(row.ratio()).isEmpty();
    assertThat(row.reached()).isEmpty();
  }

  @Test
  void oneAnchorOfTwoComparisonsTakesOneTurnPerRound() throws Exception {
    Iterator<Double> values = List.of(9.0, 1.0, 2.0).iterator();
    InsideAnchor once = new InsideAnchor("once", () -> both(values.next()));
    Comparison speed = new Comparison(once, Quantity.TOKENS_PER_SECOND, Optional.empty());
    Comparison size = new Comparison(once, Quantity.PEAK_GIB, Optional.empty());
    Iterator<Double> ours = List.of(9.0, 4.0, 4.0).iterator();
    List<SpeedRow> rows = Turns.measure("row", new FakeSpeed(List.of(speed, size), ours, 1), 2);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).ratio()).contains(new SpeedRow.Ratio(3, 2, 4));
    assertThat(values).isExhausted();
  }

  @Test
  void figuresAreTheLastLineThatHasThemAll() {
    List<String> lines =
        List.of(
            "Loading weights: 100%",
            "{'loss': 0.1, 'tok_s': 3}",
            "{\"tok_s\": 7, \"dtype\": \"f32\"}",
            "{\"tok_s\": 8.5, \"peak_gib\": 2, \"dtype\": \"bf16\"}",
            "{\"tok_s\": \"many\"}",
            "");
    assertThat(ScriptAnchor.values(lines, SPEED)).containsEntry(Quantity.TOKENS_PER_SECOND, 8.5);
    assertThat(ScriptAnchor.values(lines, GroupStepSpeed.FIELDS))
        .containsEntry(Quantity.PEAK_GIB, 2.0)
        .hasSize(2);
    assertThat(ScriptAnchor.values(lines, LoadSpeed.FIELDS)).isEmpty();
    assertThat(ScriptAnchor.text(lines, "dtype")).isEqualTo("bf16");
  }

  @Test
  void fastestFormatStays() throws Exception {
    String program = "case $0 in bf16) echo '{\"tok_s\": 3}';; f32) echo '{\"tok_s\": 5}';; esac";
    ScriptAnchor script =
        new ScriptAnchor("script", shell(program, LIMIT), List.of("bf16", "f32"), SPEED);
    Measured first = script.measure();
    assertThat(first.format()).isEqualTo("f32");
    assertThat(first.get(Quantity.TOKENS_PER_SECOND)).isEqualTo(5);
    assertThat(first.get(Quantity.PROCESS_SECONDS)).isPositive();
    assertThat(script.measure().format()).isEqualTo("f32");
  }

  @Test
  void formatThatFailsLeavesTheOther() throws Exception {
    String program = "[ $0 = bf16 ] && exit 3; echo '{\"tok_s\": 5}'";
    ScriptAnchor script =
        new ScriptAnchor("script", shell(program, LIMIT), List.of("bf16", "f32"), SPEED);
    assertThat(script.measure().format()).isEqualTo("f32");
  }

  @Test
  void programsThatCannotBeMeasuredSayWhy() {
    assertThatThrownBy(() -> shell("echo why >&2; exit 3", LIMIT).run(""))
        .isInstanceOf(Unmeasured.class)
        .hasMessage("ended with code 3: why");
    assertThatThrownBy(() -> shell("sleep 600", Duration.ofMillis(200)).run(""))
        .isInstanceOf(Unmeasured.class)
        .hasMessageContaining("was not done within");
    assertThatThrownBy(() -> new Child(List.of("/no/program"), LIMIT, false).run(""))
        .isInstanceOf(Unmeasured.class)
        .hasMessageContaining("cannot start /no/program");
    assertThatThrownBy(
            () -> new ScriptAnchor("s", shell("echo '{}'", LIMIT), List.of("f32"), SPEED).measure())
        .isInstanceOf(Unmeasured.class)
        .hasMessage("wrote no line with tok_s");
  }

  @Test
  void anchorsThatAreNotThereSayWhatTheyNeed() throws Exception {
    Path model = Path.of("model");
    AnchorScripts none =
        new AnchorScripts(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1);
    List<Anchor> anchors =
        List.of(none.openVino(model, 8), none.discrete(model, 8), none.firstToken(model));
    assertThat(anchors)
        .allSatisfy(a -> assertThat(((MissingAnchor) a).reason()).startsWith("needs --"));
    AnchorScripts empty =
        new AnchorScripts(
            Optional.of(Path.of("no-such")),
            Optional.of("python3"),
            Optional.empty(),
            Optional.empty(),
            1);
    assertThat(empty.discrete(model, 8))
        .isEqualTo(
            new MissingAnchor("generate_discrete.py", "no-such has no generate_discrete.py"));
  }

  @Test
  void modelIsExportedOnceForOpenVino(@TempDir Path dir) throws Exception {
    // stands for the exporter: its last argument is the directory to make
    Path exporter = dir.resolve("optimum-cli");
    Files.writeString(
        exporter, "#!/bin/sh\nfor last; do :; done\necho > $last/openvino_model.xml\n");
    assumeTrue(exporter.toFile().setExecutable(true));
    Path target = dir.resolve("exported");
    AnchorScripts scripts =
        new AnchorScripts(
            Optional.of(dir),
            Optional.empty(),
            Optional.of(dir.resolve("python").toString()),
            Optional.of(target),
            1);
    Files.writeString(dir.resolve("generate_openvino.py"), "");
    assertThat(scripts.openVino(Path.of("model"), 8)).isInstanceOf(ScriptAnchor.class);
    assertThat(target.resolve("openvino_model.xml")).exists();
    Files.delete(exporter);
    assertThat(scripts.openVino(Path.of("model"), 8)).isInstanceOf(ScriptAnchor.class);
    Files.delete(target.resolve("openvino_model.xml"));
    Files.delete(target);
    assertThat(((MissingAnchor) scripts.openVino(Path.of("model"), 8)).reason())
        .startsWith("export: cannot start");
  }

  @Test
  void floorIsReadingOrComputingWhicheverIsLonger() {
    MachineFloor floor = new MachineFloor(io.amalgam.policy.kernel.ComputeFormat.BF16, 10e9, 100e9);
    assertThat(floor.millis(1e9, 1e9).get(Quantity.STEP_MILLIS)).isEqualTo(100);
    assertThat(floor.millis(1e7, 1e10).get(Quantity.STEP_MILLIS)).isEqualTo(100);
    assertThat(floor.elementBytes()).isEqualTo(2);
  }

  private record FakeSpeed(List<Comparison> comparisons, Iterator<Double> values, int uncounted)
      implements Speed {
    @Override
    public String what() {
      return "fake";
    }

    @Override
    public Measured measure() {
      return both(values.next());
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private static Child shell(String program, Duration deadline) {
    return new Child(List.of("/bin/sh", "-c", program, Child.FORMAT), deadline, false);
  }

  private static Anchor anchor(double... values) {
    Iterator<Double> each = Arrays.stream(values).boxed().iterator();
    return new InsideAnchor("theirs", () -> both(each.next()));
  }

  private static List<SpeedRow> turns(List<Double> ours, Anchor anchor) throws Exception {
    Comparison comparison =
        new Comparison(anchor, Quantity.TOKENS_PER_SECOND, Optional.of(Target.atLeast(2.5)));
    FakeSpeed fake = new FakeSpeed(List.of(comparison), new ArrayList<>(ours).iterator(), 0);
    return Turns.measure("row", fake, ours.size());
  }

  private static Measured both(double value) {
    return new Measured(
        "f32",
        new java.util.TreeMap<>(
            Map.of(Quantity.TOKENS_PER_SECOND, value, Quantity.PEAK_GIB, value)));
  }
}
