package io.amalgam.actors.metrics;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The reward over training time as a picture: all tasks together, and each by itself. */
public final class RewardPlot {
  /** Weight of the newest step in the smoothed line. */
  private static final double SMOOTHING = 0.15;

  /** Told apart also by people who do not see all colours (Okabe and Ito, 2008). */
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xE69F00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0xD55E00)
  };

  private RewardPlot() {}

  /**
   * Writes a PNG of 1,000 × 600 points; needs at least one step.
   *
   * @param steps the run's steps, in order
   * @param file where it goes
   */
  public static void write(List<RecordedRun.Step> steps, Path file) throws IOException {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a plot needs at least one step");
    }
    XYChart chart =
        new XYChartBuilder()
            .width(1000)
            .height(600)
            .title("Reward per step (line: moving average)")
            .xAxisTitle("training time, s")
            .yAxisTitle("mean reward")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    List<Double> time = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (RecordedRun.Step s : steps) {
      time.add(s.timeS());
      all.add(s.reward());
    }
    XYSeries points = chart.addSeries("steps", time, all);
    points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    points.setMarkerColor(new Color(200, 200, 200));
    points.setMarker(SeriesMarkers.CIRCLE);
    XYSeries mean = line(chart, "all tasks", time, all);
    mean.setLineStyle(new BasicStroke(3f));
    mean.setLineColor(Color.BLACK);
    int colour = 0;
    for (String task : tasks(steps)) {
      List<Double> at = new ArrayList<>();
      List<Double> rewards = new ArrayList<>();
      for (RecordedRun.Step s : steps) {
        Double reward = s.tasks().get(task);
        if (reward != null) {
          at.add(s.timeS());
          rewards.add(reward);
        }
      }
      if (!at.isEmpty()) {
        line(chart, task, at, rewards).setLineColor(COLOURS[colour++ % COLOURS.length]);
      }
    }
    // The cache would be a file with a shutdown hook.
    ImageIO.setUseCache(false);
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static XYSeries line(XYChart chart, String name, List<Double> x, List<Double> y) {
    List<Double> smooth = new ArrayList<>();
    double mean = y.get(0);
    for (double v : y) {
      mean += SMOOTHING * (v - mean);
      smooth.add(mean);
    }
    XYSeries series = chart.addSeries(name, x, smooth);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }

  private static TreeSet<String> tasks(List<RecordedRun.Step> steps) {
    TreeSet<String> names = new TreeSet<>();
    steps.forEach(s -> names.addAll(s.tasks().keySet()));
    return names;
  }
}
