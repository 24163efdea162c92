package io.amalgam.actors.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.amalgam.policy.kernel.StateFormat;
import io.amalgam.policy.mixture.PhaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
  @TempDir Path dir;

  @Test
  void defaultRecipeIsValid() {
    RunSettings s = SettingsLoader.load(List.of(), List.of()).settings();
    assertThat(s.tasks().mix()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(s.mixture().method()).isEqualTo("multiplex");
    assertThat(s.mixture().k()).isEqualTo(2);
    assertThat(s.controller().maxStaleness()).isEqualTo(4);
    assertThat(s.compute().threads()).isZero();
    assertThat(s.compute().threadsAlone()).isPositive();
  }

  @Test
  void laterFilesWinAndAssignmentsWinOverFiles() throws IOException {
    String a = file("a.conf", "mixture.k = 3, run.seed = 5, learner.loss.clip-low = 0.1");
    String b = file("b.conf", "mixture { k = 4 }");
    RunSettings s =
        SettingsLoader.load(
                List.of("recipes/default.conf", a, b),
                List.of("run.seed=7", "run.minutes=0.5", "model.path=/models/a b"))
            .settings();
    assertThat(s.mixture().k()).isEqualTo(4);
    assertThat(s.run().seed()).isEqualTo(7);
    assertThat(s.run().budget()).isEqualTo(Duration.ofSeconds(30));
    assertThat(s.learner().loss().parameters()).containsEntry("clip-low", "0.1");
    assertThat(s.model().path()).isEqualTo("/models/a b");
  }

  @Test
  void renderedConfigurationLoadsToTheSameSettings() throws IOException {
    String pekko = file("p.conf", "pekko.loglevel = DEBUG");
    ResolvedSettings first =
        SettingsLoader.load(List.of("recipes/default.conf", pekko), List.of("run.seed=9"));
    ResolvedSettings second =
        SettingsLoader.load(List.of(file("config.conf", first.render())), List.of());
    assertThat(second.settings()).isEqualTo(first.settings());
    assertThat(second.settings().pekko().getString("loglevel")).isEqualTo("DEBUG");
    assertThat(second.render()).isEqualTo(first.render());
  }

  @Test
  void schedulesAndFormatsOfTheOptimiser() {
    RunSettings.Optim usual =
        SettingsLoader.load(List.of(), List.of("learner.optim.decay-steps=0"))
            .settings()
            .learner()
            .optim();
    assertThat(usual.rate().at(1_000_000)).isEqualTo(usual.rate().peak());
    assertThat(usual.moments()).isEqualTo(StateFormat.F32);
    RunSettings.Optim chosen =
        SettingsLoader.load(
                List.of(),
                List.of(
                    "learner.optim.schedule=cosine",
                    "learner.optim.lr=1",
                    "learner.optim.decay-steps=100",
                    "learner.optim.final-lr-share=0",
                    "learner.optim.gradients=bf16",
                    "learner.optim.moments=bf16"))
            .settings()
            .learner()
            .optim();
    assertThat(chosen.rate().at(25)).isEqualTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
    assertThat(chosen.gradients()).isEqualTo(StateFormat.BF16);
    assertThat(chosen.moments()).isEqualTo(StateFormat.BF16);
    RunSettings.Optim constant =
        SettingsLoader.load(List.of(), List.of("learner.optim.schedule=constant"))
            .settings()
            .learner()
            .optim();
    assertThat(constant.rate().at(100_000)).isEqualTo(constant.rate().peak());
    assertThatThrownBy(
            () ->
                SettingsLoader.load(
                    List.of(),
                    List.of("learner.optim.schedule=cosine", "learner.optim.decay-steps=0")))
        .hasMessageContaining("learner.optim.schedule = \"cosine\" needs a step");
  }

  @Test
  void discreteTakesItsOnlyKUnlessAnotherIsAskedFor() {
    ResolvedSettings s = SettingsLoader.load(List.of(), List.of("mixture.method=discrete"));
    assertThat(s.settings().mixture().k()).isEqualTo(1);
    assertThat(s.keys().getInt("mixture.k")).isEqualTo(1);
    assertThatThrownBy(
            () -> SettingsLoader.load(List.of(), List.of("mixture.method=discrete", "mixture.k=2")))
        .hasMessageContaining("mixture.k = 2 is not possible");
  }

  @Test
  void stopRulesAreReadAndFitTheMethod() {
    PhaseSettings usual = SettingsLoader.load(List.of(), List.of()).settings().mixture().phases();
    assertThat(usual).isEqualTo(PhaseSettings.usual());
    PhaseSettings chosen =
        SettingsLoader.load(
                List.of(),
                List.of(
                    "mixture.stop.rule=first-draw",
                    "mixture.stop.lock-on-first=off",
                    "mixture.stop.cold-stop.entropy=0.2",
                    "mixture.stop.cold-stop.positions=8",
                    "mixture.stop.force=false",
                    "mixture.max-length=40"))
            .settings()
            .mixture()
            .phases();
    assertThat(chosen)
        .isEqualTo(
            new PhaseSettings(
                PhaseSettings.Rule.FIRST_DRAW, 0.5, PhaseSettings.Lock.OFF, 0.2, 8, 40, false));
    assertThatThrownBy(
            () ->
                SettingsLoader.load(
                    List.of(), List.of("mixture.stop.rule=first-draw", "mixture.method=dirichlet")))
        .hasMessageContaining("not dirichlet");
    assertThatThrownBy(
            () ->
                SettingsLoader.load(
                    List.of(),
                    List.of("mixture.stop.rule=argmax", "mixture.stop.lock-on-first=on")))
        .hasMessageContaining("mixture.stop.lock-on-first");
  }

  @Test
  void klIsOffUnlessAskedForAndNeedsAReferenceThen() {
    RunSettings.Kl kl = SettingsLoader.load(List.of(), List.of()).settings().learner().kl();
    assertThat(kl).isEqualTo(new RunSettings.Kl(0, "exact", "start"));
    List<String> on =
        List.of("learner.kl.coefficient=1e-3", "learner.kl.estimator=k3+", "model.path=/m");
    assertThat(SettingsLoader.load(List.of(), on).settings().learner().kl())
        .isEqualTo(new RunSettings.Kl(1e-3, "k3+", "start"));
    List<String> without = List.of("learner.kl.coefficient=1e-3", "learner.kl.reference=none");
    assertThatThrownBy(() -> SettingsLoader.load(List.of(), without))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("learner.kl.reference")
        .hasMessageContaining("learner.kl.coefficient to 0");
    assertThat(
            SettingsLoader.load(List.of(), List.of("learner.kl.reference=none"))
                .settings()
                .learner()
                .kl()
                .reference())
        .isEqualTo("none");
  }

  @Test
  void smallGroupLowersTheDefaultOfTheSmallestUsableGroup() {
    RunSettings s = SettingsLoader.load(List.of(), List.of("learner.group-size=2")).settings();
    assertThat(s.learner().minGroupSize()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mixture.k=0 | mixture.k = 0 is out of range | from 1 to 16",
        "mixture.k=17 | mixture.k = 17 is out of range | from 1 to 16",
        "mixture.k=two | is not a number | whole number",
        "mixture.k=1.5 | is not a whole number | whole number",
        "mixture.k=null | is not a number | whole number",
        "mixture.kk=2 | unknown configuration key \"mixture.kk\" | did you mean \"mixture.k\"",
        "mixtrue.k=2 | unknown configuration key \"mixtrue.k\" | did you mean \"mixture.k\"",
        "group-size=4 | unknown configuration key | did you mean \"learner.group-size\"",
        "amalgam.run.seed=4 | unknown configuration key | did you mean \"run.seed\"",
        "mixture=discrete | mixture is a section | mixture.method",
        "run.seed.x=1 | run.seed is a value | run.seed = …",
        "mixture.method=multiplx | is unknown | did you mean \"multiplex\"",
        "mixture.likelihood=best | is unknown | allowed: default",
        "mixture.method=greedy | is unknown | multiplex",
        "mixture.likelihood=surrogate | is a surrogate | max-staleness to 0",
        "mixture.likelihood=ordered | is not possible | it must be one of",
        "mixture.stop.rule=first-drw | is unknown | did you mean \"first-draw\"",
        "mixture.stop.rul=argmax | unknown configuration key | did you mean \"mixture.stop.rule\"",
        "mixture.stop.probability=0 | is out of range | above 0",
        "mixture.stop.probability=1.5 | is out of range | from 0 to 1",
        "mixture.stop.lock-on-first=maybe | is unknown | auto, on, off",
        "mixture.stop.cold-stop.entropy=0 | is out of range | above 0",
        "mixture.stop.cold-stop.positions=-1 | is out of range | at least 0",
        "mixture.stop.force=perhaps | is not a switch | true or false",
        "mixture.stop=argmax | mixture.stop is a section | mixture.stop.rule",
        "mixture.parameters.weights=q | mixture.parameters.weights = q is not possible | must be one",
        "mixture.parameters.colour=red | mixture.parameters.colour = red | the parameters of multiplex",
        "tasks.mix=[{task=gdc}] | unknown task \"gdc\" | did you mean \"gcd\"",
        "tasks.mix=[{task=gcd},{task=gcd}] | listed twice | one entry",
        "tasks.mix=[{task=gcd,config{colour=1}}] | colour | field",
        "tasks.mix=[{task=gcd,config{min_value=50,max_value=40}}] | min_value | max_value",
        "learner.group-size=1 | learner.group-size = 1 is out of range | from 2",
        "learner.group-size=4096 | is more than generator.slots | raise generator.slots",
        "learner.groups-per-step=0 | is out of range | whole number",
        "learner.min-group-size=9 | is more than learner.group-size | from 2 to 8",
        "learner.loss.type=ppo | is unknown | allowed: grpo",
        "learner.loss.behaviour-cap=0.5 | is out of range | at least 1",
        "learner.loss.type=gsppo | is unknown | did you mean \"gspo\"",
        "learner.loss.clip-lwo=0.1 | learner.loss.clip-lwo | did you mean \"learner.loss.clip-low\"",
        "learner.loss.cap=5 | learner.loss.cap | loss type grpo has adaptive-entropy, behaviour-cap, clip-high, clip-low",
        "learner.loss.kl=0.1 | learner.loss.kl | loss type grpo has",
        "learner.loss.clip-low=-1 | clip-low | it must be at least 0",
        "learner.loss.clip-low=small | clip-low | it must be a number",
        "learner.loss.level=row | level | it must be one of",
        "learner.loss.entropy-quantile=2 | entropy-quantile | from 0 to 1",
        "learner.loss.correction=tsi | learner.loss.correction.type = tsi is unknown | did you mean \"tis\"",
        "learner.loss.correction.cap=2 | learner.loss.correction.cap | a correction has batch-normalise, max",
        "learner.loss.correction={type=mis,max=x} | correction-max | it must be a number",
        "learner.loss={type=rloo,correction=tis} | rloo is a loss of whole sequences | correction must be none, sequence-truncate",
        "learner.loss={type=async,correction=tis} | ratio against the behaviour policy | correction = none",
        "learner.loss={type=dppo,level=sequence} | looks at single terms | level must be term",
        "learner.advantage={type=rloo,k=2} | learner.advantage.k | has clip-high, clip-low, normalise",
        "learner.advantage={type=pass-at-k,k=0} | k | it must be at least 1",
        "learner.advantage=7 | is a section | type",
        "tasks.overlong.buffer=1000 | is more than generator.max-new-tokens | from 0 to 96",
        "learner.advantage=gae | is unknown | allowed: group-mean",
        "learner.optim.lr=0 | is out of range | above 0",
        "learner.optim.lr=-1e-4 | is out of range | above 0",
        "learner.optim.lr=NaN | is out of range | above 0",
        "learner.optim.beta1=1 | is out of range | below 1",
        "learner.lora.rank=-1 | is out of range | from 0 to 16384",
        "learner.lora.alpha=-1 | is out of range | from 0 to 1000000",
        "learner.lora.targets=[c_attn] | unknown \"c_attn\" | allowed: all-linear, q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj",
        "learner.lora.targets=[q_proj, q_proj] | names q_proj twice | each once",
        "learner.lora.targets=[] | is empty | all-linear",
        "learner.lora.rslora=maybe | is not a switch | true or false",
        "learner.lora.seed=x | is not a whole number | whole number",
        "model.adapter=/nowhere | holds no adapter_config.json | peft",
        "learner.kl.coefficient=-1 | is out of range | from 0 to 1000000",
        "learner.kl.coefficient=NaN | is out of range | from 0 to 1000000",
        "learner.kl.coefficient=much | is not a number | from 0 to 1000000",
        "learner.kl.estimator=exat | is unknown | did you mean \"exact\"",
        "learner.kl.estimator=kl4 | is unknown | allowed: exact, k1, k2, k3, k3+, unbiased",
        "learner.kl.reference=strat | is no model directory | did you mean \"start\"",
        "learner.kl.referense=start | unknown configuration key | did you mean \"learner.kl.reference\"",
        "learner.kl=0.1 | learner.kl is a section | learner.kl.coefficient",
        "generator.temperature=0 | generator.temperature = 0 is out of range | above 0",
        "generator.temperature=-1 | is out of range | above 0",
        "generator.max-new-tokens=0 | is out of range | whole number",
        "generator.kv-cache=lots | is no amount of memory | bytes such as 2g",
        "generator.kv-cache=120% | is no amount of memory | a share such as 25%",
        "generator.prefill-chunk=-1 | is out of range | whole number",
        "generator.stop-strings=x | is not a list | give a list",
        "generator.devices=[] | is empty | list",
        "generator.devices=cpu | is not a list | list",
        "generator.devices=[tpu] | unknown \"tpu\" | cpu or cuda",
        "controller.max-staleness=-1 | controller.max-staleness = -1 is out of range | at least 0",
        "controller.stall-timeout=soon | is not a time | 20s",
        "controller.stall-timeout=0s | is out of range | above 0",
        "run.minutes=0 | is out of range | above 0",
        "run.seed=abc | is not a whole number | whole number",
        "checkpoint.keep=0 | is out of range | at least 1",
        "eval.modes=[fast] | unknown \"fast\" | mixture, discrete, greedy",
        "metrics.port=70000 | is out of range | from -1 to 65535",
        "model.system-prompt=defalt | is unknown | did you mean \"default\"",
        "tasks.data-dir=/no/where | is no directory | existing",
        "compute.format=f16 | is unknown | auto, f32, bf16",
        "cluster.seeds=[here] | holds \"here\" | host:port",
        "rollouts.keep=maybe | is not a switch | true or false",
        "tasks.mix=[] | tasks.mix = [] is empty | task = gcd",
        "tasks.mix=gcd | is not a list | task = gcd",
        "tasks.mix=[{weight=1}] | has no task | task = gcd",
        "tasks.mix=[{task=gcd,weight=0}] | weight = 0 is out of range | above 0",
        "tasks.mix=[{task=gcd,min_value=2}] | unknown field \"min_value\" | config",
      })
  void refusesBadValue(String assignment, String cause, String remedy) {
    assertThatThrownBy(() -> SettingsLoader.load(List.of(), List.of(assignment)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(cause)
        .hasMessageContaining(remedy)
        .hasMessageContaining(" – ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void refusalNamesFileAndLine() throws IOException {
    String f = file("mine.conf", "run.seed = 1\nmixture.k = 0\n");
    assertThatThrownBy(() -> SettingsLoader.load(List.of("recipes/default.conf", f), List.of()))
        .hasMessageContaining("mine.conf, line 2");
  }

  @Test
  void refusesMissingAndUnreadableFiles() throws IOException {
    String broken = file("broken.conf", "run { seed = 1\n");
    assertThatThrownBy(() -> SettingsLoader.load(List.of("nowhere.conf"), List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("no configuration file nowhere.conf");
    assertThatThrownBy(() -> SettingsLoader.load(List.of(broken), List.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("broken.conf");
    assertThatThrownBy(() -> SettingsLoader.load(List.of(), List.of("nonsense")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("key=value");
  }

  private String file(String name, String text) throws IOException {
    Path f = dir.resolve(name);
    Files.writeString(f, text);
    return f.toString();
  }
}
