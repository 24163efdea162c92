package io.amalgam.policy.mixture;

import static io.amalgam.policy.mixture.ToyPolicy.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MethodCatalogTest {
  @Test
  void defaultsAreFilledInSoThatReplayKnowsThem() {
    assertThat(method("different-tokens", 2).spec().parameters())
        .containsEntry("collapse", "0.01")
        .containsEntry("representative", "heaviest")
        .containsEntry("weights", "p")
        .containsEntry("likelihood", "default")
        .containsEntry("terms", "per-slot");
    assertThat(method("different-tokens", 3).spec().parameters()).containsEntry("collapse", "0.0");
    assertThat(method("multiplex", 2).spec().parameters()).containsEntry("weights", "uniform");
    for (MethodDefinition d : MethodCatalog.definitions()) {
      MixtureMethod m = method(d.name(), d.smallestK());
      assertThat(MethodCatalog.create(m.spec()).spec()).isEqualTo(m.spec());
    }
  }

  @Test
  void namesAreAlphabetical() {
    assertThat(MethodCatalog.definitions().stream().map(MethodDefinition::name))
        .contains("different-tokens", "discrete", "element-wise-max", "gaussian", "multiplex")
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    refuses(() -> method("soft", 2), "mixture.method", "soft", "multiplex");
    refuses(() -> method("multiplex", 0), "mixture.k", "0", "from 1 to 16");
    refuses(() -> method("discrete", 2), "mixture.k", "2", "1 for discrete");
    refuses(
        () -> method("dirichlet", 2, "concentration", "0"), "mixture.concentration", "0", "from");
    refuses(
        () -> method("dirichlet", 2, "concentration", "x"), "mixture.concentration", "x", "number");
    refuses(
        () -> method("dirichlet", 2, "concentration", "NaN"), "mixture.concentration", "NaN", "");
    refuses(() -> method("different-tokens", 2, "collapse", "0.6"), "mixture.collapse", "0.6", "");
    refuses(() -> method("different-tokens", 3, "collapse", "0.1"), "mixture.collapse", "0.1", "k");
    refuses(
        () -> method("different-tokens", 2, "collapse", "0.1", "likelihood", "ordered"),
        "mixture.collapse",
        "0.1",
        "ordered");
    refuses(
        () -> method("different-tokens", 3, "likelihood", "collapse"),
        "mixture.likelihood",
        "collapse",
        "");
    refuses(() -> method("multiplex", 2, "weights", "w"), "mixture.weights", "w", "uniform, p");
    refuses(() -> method("multiplex", 2, "colapse", "0"), "mixture.colapse", "0", "weights");
    refuses(
        () -> MethodCatalog.create(new MethodSpec("discrete", 1, 0, new TreeMap<>())),
        "generator.temperature",
        "0.0",
        "0.01");
  }

  private static void refuses(Runnable creation, String field, String value, String allowed) {
    assertThatThrownBy(creation::run)
        .isInstanceOfSatisfying(
            MixtureConfigurationException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.value()).isEqualTo(value);
              assertThat(e.allowed()).contains(allowed);
              assertThat(e.getMessage()).contains(field).contains(value);
            });
  }
}
