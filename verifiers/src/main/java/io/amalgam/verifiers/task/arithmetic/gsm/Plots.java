package io.amalgam.verifiers.task.arithmetic.gsm;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The plots of all stories by number; the original's numbers have gaps. */
final class Plots {
  private static final SortedMap<Integer, Plot> PLOTS = plots();
  private static final List<Integer> IDS = List.copyOf(PLOTS.keySet());

  private Plots() {}

  private static SortedMap<Integer, Plot> plots() {
    SortedMap<Integer, Plot> plots = new TreeMap<>();
    plots.putAll(Plots00.all());
    plots.putAll(Plots10.all());
    plots.putAll(Plots20.all());
    plots.putAll(Plots30.all());
    plots.putAll(Plots40.all());
    plots.putAll(Plots50.all());
    plots.putAll(Plots60.all());
    plots.putAll(Plots70.all());
    plots.putAll(Plots80.all());
    plots.putAll(Plots90.all());
    return Collections.unmodifiableSortedMap(plots);
  }

  /** The numbers of all stories, ascending. */
  static List<Integer> ids() {
    return IDS;
  }

  /** The plot of a story. */
  static Plot plot(int id) {
    Plot plot = PLOTS.get(id);
    if (plot == null) {
      throw new IllegalArgumentException("no plot of story " + id);
    }
    return plot;
  }
}
