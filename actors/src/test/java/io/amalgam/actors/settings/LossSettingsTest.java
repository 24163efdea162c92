package io.amalgam.actors.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amalgam.policy.train.advantage.GroupRelative;
import io.amalgam.policy.train.advantage.LeaveOneOut;
import io.amalgam.policy.train.advantage.PassAtK;
import io.amalgam.policy.train.loss.AdaptiveEntropy;
import io.amalgam.policy.train.loss.BehaviourCorrection;
import io.amalgam.policy.train.loss.CispoLoss;
import io.amalgam.policy.train.loss.ClippedLoss;
import io.amalgam.policy.train.loss.LossCatalog;
import io.amalgam.policy.train.loss.PolicyLoss;
import io.amalgam.policy.train.loss.RatioLevel;
import io.amalgam.policy.train.loss.Reduction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossSettingsTest {
  private static RunSettings load(String... assignments) {
    return SettingsLoader.load(List.of(), List.of(assignments)).settings();
  }

  private static PolicyLoss loss(String... assignments) {
    return load(assignments).policyLoss();
  }

  @Test
  void theDefaultIsDecoupledGrpoOverAllTokens() {
    PolicyLoss expected =
        LossCatalog.create(
            "decoupled",
            Map.of(
                "reduction",
                "token-mean",
                "constant-length",
                "96",
                "clip-low",
                "0.2",
                "clip-high",
                "0.28",
                "correction",
                "token-truncate",
                "correction-max",
                "2.0"));
    assertThat(loss()).isEqualTo(expected);
    PolicyLoss fresh = loss("controller.max-staleness=0");
    assertThat(fresh.settings().correction()).isEqualTo(BehaviourCorrection.NONE);
    assertThat(((ClippedLoss) fresh).clip()).isEqualTo(((ClippedLoss) expected).clip());
    assertThat(load().learner().advantage().estimator()).isInstanceOf(GroupRelative.class);
    assertThat(loss("learner.loss.clip-low=0.1"))
        .isEqualTo(
            LossCatalog.create("decoupled", Map.of("clip-low", "0.1", "constant-length", "96")));
  }

  @Test
  void anInt8SamplerNeedsACorrection() {
    String int8 = "generator.sampler=int8";
    String grpo = "learner.loss.type=grpo";
    assertThat(loss(int8, grpo, "controller.max-staleness=0").settings().correction().on())
        .isTrue();
    assertThat(loss(grpo, "controller.max-staleness=0").settings().correction().on()).isFalse();
    assertThat(load(int8).offPolicy()).isTrue();
    assertThatThrownBy(() -> load(int8, grpo, "learner.loss.correction=none"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("generator.sampler = int8")
        .hasMessageContaining("set the correction to auto");
    load(int8, "learner.loss.proximal=behaviour");
    assertThatThrownBy(() -> load("generator.sampler=int4"))
        .hasMessageContaining("exact")
        .hasMessageContaining("int8");
  }

  @Test
  void everyTypeCanBeChosenByItsNameAlone() {
    for (String type : LossCatalog.types()) {
      PolicyLoss loss = loss("learner.loss.type=" + type);
      boolean corrected = loss.settings().correction().on();
      assertThat(loss.settings().comparesWithBehaviour()).as(type).isTrue();
      assertThat(corrected).as(type).isEqualTo(loss.settings().proximal().name().equals("OLD"));
      assertThat(loss.settings().correction().perSequence())
          .as(type)
          .isEqualTo(loss.weighsSequences());
      loss("learner.loss.type=" + type, "controller.max-staleness=0");
      loss("learner.loss.type=" + type.replace('-', '_'));
    }
  }

  @Test
  void typesTakeTheirOwnParametersAndTheCommonOnes() {
    CispoLoss cispo = (CispoLoss) loss("learner.loss={type=cispo,cap=3,level=position}");
    assertThat(cispo.cap()).isEqualTo(3);
    assertThat(cispo.settings().level()).isEqualTo(RatioLevel.POSITION);
    ClippedLoss drGrpo = (ClippedLoss) loss("learner.loss.type=dr_grpo");
    assertThat(drGrpo.settings().reduction()).isEqualTo(Reduction.CONSTANT_LENGTH);
    assertThat(drGrpo.settings().constantLength()).isEqualTo(96);
    ClippedLoss paper = (ClippedLoss) loss("learner.loss={epsilon=0.1,reduction=sequence-mean}");
    assertThat(paper.clip().high()).isEqualTo(0.1);
    assertThat(paper.settings().reduction()).isEqualTo(Reduction.SEQUENCE_MEAN_TOKEN_MEAN);
    assertThat(load("learner.loss.mask-truncated=true").learner().loss().maskTruncated()).isTrue();
    assertThat(load().learner().loss().maskTruncated()).isFalse();
  }

  @Test
  void correctionsAreAUnionOfTheirOwn() {
    BehaviourCorrection icepop = loss("learner.loss.correction=icepop").settings().correction();
    assertThat(icepop.mode()).isEqualTo(BehaviourCorrection.Mode.TOKEN_MASK);
    assertThat(icepop.min()).hasValue(0.5);
    assertThat(icepop.max()).hasValue(5);
    BehaviourCorrection mis =
        loss("learner.loss.correction={type=mis,max=4,veto=1e-4,reject=k3,batch-normalise=true}")
            .settings()
            .correction();
    assertThat(mis.mode()).isEqualTo(BehaviourCorrection.Mode.SEQUENCE_MASK);
    assertThat(mis.max()).hasValue(4);
    assertThat(mis.veto()).hasValue(1e-4);
    assertThat(mis.rejection().max()).isEqualTo(0.001);
    assertThat(mis.normalise()).isTrue();
    assertThat(loss("learner.loss.correction.max=3").settings().correction())
        .isEqualTo(BehaviourCorrection.truncatedTokens(3));
    assertThat(loss("learner.loss.behaviour-cap=3").settings().correction())
        .isEqualTo(BehaviourCorrection.truncatedTokens(3));
    assertThat(loss("learner.loss.correction=none").settings().correction().on()).isFalse();
    assertThat(loss("learner.loss.proximal=behaviour").settings().correction().on()).isFalse();
    assertThat(
            loss("learner.loss.correction=tis", "controller.max-staleness=0")
                .settings()
                .correction()
                .on())
        .isTrue();
  }

  @Test
  void theEntropyBonusMayBeAdaptive() {
    RunSettings s = load("learner.loss={entropy=0.01,adaptive-entropy={target=0.3}}");
    assertThat(s.learner().loss().adaptiveEntropy())
        .hasValue(new AdaptiveEntropy(0.3, 0.005, 1, 0.01));
    assertThat(s.policyLoss(0.25).settings().entropy()).isEqualTo(0.25);
    assertThat(s.policyLoss(0)).isEqualTo(loss());
    assertThatThrownBy(() -> load("learner.loss.adaptive-entropy={step=1}"))
        .hasMessageContaining("has no target");
    assertThatThrownBy(() -> load("learner.loss.adaptive-entropy={target=1,stop=1}"))
        .hasMessageContaining("did you mean \"learner.loss.adaptive-entropy.step\"");
  }

  @Test
  void advantagesAreAWordOrASection() {
    assertThat(load("learner.advantage=rloo").learner().advantage().estimator())
        .isInstanceOf(LeaveOneOut.class);
    PassAtK p =
        (PassAtK) load("learner.advantage={type=pass-at-k,k=2}").learner().advantage().estimator();
    assertThat(p.k()).isEqualTo(2);
    assertThat(p.threshold()).isEqualTo(0.5);
  }

  @Test
  void aSurrogateAgainstTheSamplerMustBeForced() {
    String surrogate = "mixture.likelihood=surrogate";
    for (String loss : List.of("grpo", "async", "dppo", "gspo")) {
      assertThatThrownBy(() -> load(surrogate, "learner.loss.type=" + loss))
          .hasMessageContaining("no importance ratio")
          .hasMessageContaining("mixture.allow-surrogate-ratios = true");
    }
    load(surrogate, "mixture.allow-surrogate-ratios=true");
    load(surrogate, "controller.max-staleness=0");
    load(surrogate, "learner.loss.correction=none");
  }

  @Test
  void probabilityDifferencesNeedProbabilities() {
    for (String type : List.of("dppo", "ipo")) {
      assertThatThrownBy(() -> load("mixture.method=dirichlet", "learner.loss.type=" + type))
          .hasMessageContaining("learner.loss.type = " + type)
          .hasMessageContaining("density");
      load("mixture.method=different-tokens", "learner.loss.type=" + type);
    }
  }
}
