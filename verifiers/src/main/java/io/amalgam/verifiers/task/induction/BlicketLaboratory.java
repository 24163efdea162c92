package io.amalgam.verifiers.task.induction;

import io.amalgam.verifiers.python.PythonRandom;
import io.amalgam.verifiers.python.PythonSet;
import io.amalgam.verifiers.task.induction.BlicketScenario.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws one scenario: objects that surely light the detector, surely do not, or may, experiments
 * that establish this, and questions about them.
 *
 * <p>The first three experiments show a blicket alone, another object alone, and both. The other
 * three are one lit and two dark ones, or two lit and one dark one. Orders of lists follow the
 * iteration of Python's sets, because later draws depend on them.
 */
final class BlicketLaboratory {
  /** Which experiments follow the first three. */
  enum Evidence {
    ONE_LIT(3, 5),
    TWO_LIT(4, 4);

    private final int mostCandidates;
    private final int mostInert;

    Evidence(int mostCandidates, int mostInert) {
      this.mostCandidates = mostCandidates;
      this.mostInert = mostInert;
    }
  }

  private static final List<Integer> NUMBERS =
      IntStream.range(0, AcreObjects.COUNT).boxed().toList();

  private static final int FEWEST_CANDIDATES = 2;
  private static final int FEWEST_INERT = 3;

  /** Questions about single objects, and questions about a dark experiment with an addition. */
  private static final int ASKED_OF_EACH_KIND = 2;

  private final PythonRandom random;

  /** Objects that may be blickets; those proven to be move to {@link #blickets}. */
  private final List<Integer> candidates;

  private final List<Integer> blickets = new ArrayList<>();
  private final List<Integer> inert;

  /** Sets of candidates of which at least one is a blicket; no one contains another. */
  private final List<List<Integer>> jointCauses = new ArrayList<>();

  /** Objects that an experiment settles by itself. */
  private final List<Integer> direct = new ArrayList<>();

  /** Blickets found by excluding the others in a lit experiment. */
  private final List<Integer> indirect = new ArrayList<>();

  /** Inert objects that also were in a lit experiment. */
  private final List<Integer> screenedOff = new ArrayList<>();

  private BlicketLaboratory(PythonRandom random, Evidence evidence, int objects) {
    this.random = random;
    int candidateCount = random.randint(FEWEST_CANDIDATES, evidence.mostCandidates);
    int inertCount = random.randint(FEWEST_INERT, evidence.mostInert);
    List<Integer> drawn = random.sample(NUMBERS.subList(0, objects), candidateCount + inertCount);
    candidates = new ArrayList<>(drawn.subList(0, candidateCount));
    inert = List.copyOf(drawn.subList(candidateCount, drawn.size()));
  }

  /**
   * Draws a scenario.
   *
   * @param objects objects are drawn from the numbers below this
   * @param withheld how many screened-off objects are not to be asked about
   */
  static BlicketScenario scenario(
      PythonRandom random, Evidence evidence, int objects, int withheld) {
    BlicketLaboratory laboratory = new BlicketLaboratory(random, evidence, objects);
    List<Experiment> shown = new ArrayList<>(laboratory.introduction());
    List<Experiment> further =
        new ArrayList<>(evidence == Evidence.ONE_LIT ? laboratory.oneLit() : laboratory.twoLit());
    random.shuffle(shown);
    random.shuffle(further);
    shown.addAll(further);
    List<Experiment> asked = new ArrayList<>(laboratory.askAboutObjects(withheld));
    asked.addAll(laboratory.askAboutAdditions(shown));
    return new BlicketScenario(shown, asked);
  }

  private List<Experiment> introduction() {
    Integer blicket = candidates.get(0);
    Integer other = inert.get(0);
    prove(blicket);
    direct.add(blicket);
    screenedOff.add(other);
    return List.of(
        new Experiment(List.of(blicket), Light.ON),
        new Experiment(List.of(other), Light.OFF),
        new Experiment(List.of(blicket, other), Light.ON));
  }

  private List<Experiment> oneLit() {
    List<Integer> dark = furtherInert();
    Cover cover = cover(dark);
    List<Integer> causes = List.copyOf(candidates);
    if (causes.size() == 1) {
      prove(causes.get(0));
    } else {
      addJointCause(causes);
    }
    List<Integer> lit = withInert(causes);
    PythonSet<Integer> litSet = PythonSet.of(lit);
    PythonSet<Integer> darkSet = PythonSet.of(dark);
    direct.addAll(darkSet.difference(litSet).toList());
    screenedOff.addAll(darkSet.intersection(litSet).toList());
    if (lit.size() == 1) {
      direct.addAll(lit);
    } else if (causes.size() == 1) {
      indirect.addAll(causes);
    }
    return List.of(
        new Experiment(lit, Light.ON),
        new Experiment(cover.first, Light.OFF),
        new Experiment(cover.second, Light.OFF));
  }

  private List<Experiment> twoLit() {
    List<Integer> dark = furtherInert();
    Cover cover = cover(candidates);
    List<List<Integer>> causes = List.of(cover.first, cover.second);
    for (List<Integer> cause : causes) {
      if (cause.size() == 1 && !blickets.contains(cause.get(0))) {
        prove(cause.get(0));
      }
    }
    for (List<Integer> cause : causes) {
      if (cause.stream().noneMatch(blickets::contains)) {
        addJointCause(cause);
      }
    }
    List<Integer> firstLit = withInert(cover.first);
    List<Integer> secondLit = withInert(cover.second);
    PythonSet<Integer> lit = PythonSet.of(firstLit).union(secondLit);
    PythonSet<Integer> darkSet = PythonSet.of(dark);
    direct.addAll(darkSet.difference(lit).toList());
    screenedOff.addAll(darkSet.intersection(lit).toList());
    for (List<Integer> objects : List.of(firstLit, secondLit)) {
      if (objects.size() == 1 && !direct.contains(objects.get(0))) {
        direct.addAll(objects);
      }
    }
    for (List<Integer> objects : List.of(firstLit, secondLit)) {
      List<Integer> suspects = objects.stream().filter(object -> !dark.contains(object)).toList();
      if (objects.size() > 1
          && suspects.size() == 1
          && !indirect.contains(suspects.get(0))
          && !direct.contains(suspects.get(0))) {
        indirect.addAll(suspects);
      }
    }
    return List.of(
        new Experiment(firstLit, Light.ON),
        new Experiment(secondLit, Light.ON),
        new Experiment(dark, Light.OFF));
  }

  /** Inert objects that the introduction did not use. */
  private List<Integer> furtherInert() {
    return inert.subList(1, inert.size());
  }

  private void prove(Integer object) {
    candidates.remove(object);
    blickets.add(object);
  }

  /** Keeps the smaller of two sets of which one contains the other. */
  private void addJointCause(List<Integer> objects) {
    List<Integer> cause = objects.stream().sorted().toList();
    if (jointCauses.stream().noneMatch(cause::containsAll)) {
      jointCauses.removeIf(known -> known.containsAll(cause));
      jointCauses.add(cause);
    }
  }

  /** Two lists that together hold all given objects and may overlap. */
  private record Cover(List<Integer> first, List<Integer> second) {}

  private Cover cover(List<Integer> objects) {
    List<Integer> first = random.sample(objects, random.randint(1, objects.size()));
    List<Integer> second = new ArrayList<>(PythonSet.of(objects).difference(first).toList());
    int repeated = random.randint(second.isEmpty() ? 1 : 0, first.size());
    second.addAll(random.sample(first, repeated));
    return new Cover(first, second);
  }

  private List<Integer> withInert(List<Integer> causes) {
    List<Integer> all = new ArrayList<>(causes);
    int count = random.randint(0, inert.size() - 1);
    all.addAll(random.sample(furtherInert(), count));
    return all;
  }

  private List<Experiment> askAboutObjects(int withheld) {
    int undetermined = Math.min(candidates.size(), 1);
    int wanted = ASKED_OF_EACH_KIND - undetermined;
    int mostScreenedOff = Math.max(screenedOff.size() - withheld, 0);
    // Ends, because every proven blicket is direct or indirect: there are at least as many as
    // wanted.
    int fromDirect;
    int fromIndirect;
    int rest;
    do {
      fromDirect = random.randint(0, Math.min(direct.size(), wanted));
      fromIndirect = random.randint(0, Math.min(indirect.size(), wanted - fromDirect));
      rest = wanted - fromDirect - fromIndirect;
    } while (rest > mostScreenedOff);
    List<Integer> objects = new ArrayList<>();
    objects.addAll(random.sample(direct, fromDirect));
    objects.addAll(random.sample(indirect, fromIndirect));
    objects.addAll(random.sample(screenedOff, rest));
    objects.addAll(random.sample(candidates, undetermined));
    List<Experiment> asked = new ArrayList<>();
    objects.forEach(object -> asked.add(new Experiment(List.of(object), light(object))));
    random.shuffle(asked);
    return asked;
  }

  private Light light(Integer object) {
    if (blickets.contains(object)) {
      return Light.ON;
    }
    return candidates.contains(object) ? Light.UNDETERMINED : Light.OFF;
  }

  /** What happens if something is added to a dark experiment. */
  private List<Experiment> askAboutAdditions(List<Experiment> shown) {
    List<Experiment> dark =
        shown.stream().filter(experiment -> experiment.light() == Light.OFF).toList();
    List<Integer> present = random.sample(dark, 1).get(0).objects();
    List<Integer> all = Stream.of(blickets, candidates, inert).flatMap(List::stream).toList();
    List<Experiment> additions = new ArrayList<>();
    addSingles(additions, all, present);
    jointCauses.forEach(cause -> additions.add(extended(present, cause, Light.ON)));
    addSingles(additions, candidates, present);
    List<Experiment> asked = new ArrayList<>(random.sample(additions, ASKED_OF_EACH_KIND));
    random.shuffle(asked);
    return asked;
  }

  private void addSingles(
      List<Experiment> additions, List<Integer> objects, List<Integer> present) {
    for (Integer object : PythonSet.of(objects).difference(present)) {
      additions.add(extended(present, List.of(object), light(object)));
    }
  }

  private static Experiment extended(List<Integer> present, List<Integer> added, Light light) {
    List<Integer> objects = new ArrayList<>(present);
    objects.addAll(added);
    return new Experiment(objects, light);
  }
}
