package io.amalgam.verifiers.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amalgam.verifiers.level.Curriculum;
import io.amalgam.verifiers.level.RangeMode;
import io.amalgam.verifiers.level.TaskLevels;
import io.amalgam.verifiers.task.algebra.ComplexArithmetic;
import io.amalgam.verifiers.task.algebra.IntermediateIntegration;
import io.amalgam.verifiers.task.algebra.PolynomialEquations;
import io.amalgam.verifiers.task.algebra.PolynomialMultiplication;
import io.amalgam.verifiers.task.algebra.SimpleEquations;
import io.amalgam.verifiers.task.algebra.SimpleIntegration;
import io.amalgam.verifiers.task.algorithmic.AbProgram;
import io.amalgam.verifiers.task.algorithmic.BaseConversion;
import io.amalgam.verifiers.task.algorithmic.BinaryAlternation;
import io.amalgam.verifiers.task.algorithmic.BinaryMatrix;
import io.amalgam.verifiers.task.algorithmic.CaesarCipher;
import io.amalgam.verifiers.task.algorithmic.CountPrimes;
import io.amalgam.verifiers.task.algorithmic.Cryptarithm;
import io.amalgam.verifiers.task.algorithmic.GameOfLife;
import io.amalgam.verifiers.task.algorithmic.GameOfLifeHalting;
import io.amalgam.verifiers.task.algorithmic.GraphColor;
import io.amalgam.verifiers.task.algorithmic.GroupAnagrams;
import io.amalgam.verifiers.task.algorithmic.IsomorphicStrings;
import io.amalgam.verifiers.task.algorithmic.Jugs;
import io.amalgam.verifiers.task.algorithmic.LetterCounting;
import io.amalgam.verifiers.task.algorithmic.LetterJumble;
import io.amalgam.verifiers.task.algorithmic.ManipulateMatrix;
import io.amalgam.verifiers.task.algorithmic.NumberFiltering;
import io.amalgam.verifiers.task.algorithmic.NumberSorting;
import io.amalgam.verifiers.task.algorithmic.PalindromeGeneration;
import io.amalgam.verifiers.task.algorithmic.PalindromePartitioning;
import io.amalgam.verifiers.task.algorithmic.PoolMatrix;
import io.amalgam.verifiers.task.algorithmic.RansomNote;
import io.amalgam.verifiers.task.algorithmic.RotateMatrix;
import io.amalgam.verifiers.task.algorithmic.RottenOranges;
import io.amalgam.verifiers.task.algorithmic.SentenceReordering;
import io.amalgam.verifiers.task.algorithmic.SpellBackward;
import io.amalgam.verifiers.task.algorithmic.SpiralMatrix;
import io.amalgam.verifiers.task.algorithmic.StringInsertion;
import io.amalgam.verifiers.task.algorithmic.StringManipulation;
import io.amalgam.verifiers.task.algorithmic.StringSplitting;
import io.amalgam.verifiers.task.algorithmic.StringSynthesis;
import io.amalgam.verifiers.task.algorithmic.WordLadder;
import io.amalgam.verifiers.task.algorithmic.WordSequenceReversal;
import io.amalgam.verifiers.task.algorithmic.WordSorting;
import io.amalgam.verifiers.task.arc.Arc1d;
import io.amalgam.verifiers.task.arc.ArcAgi;
import io.amalgam.verifiers.task.arc.ReArc;
import io.amalgam.verifiers.task.arithmetic.BasicArithmetic;
import io.amalgam.verifiers.task.arithmetic.BitwiseArithmetic;
import io.amalgam.verifiers.task.arithmetic.CalendarArithmetic;
import io.amalgam.verifiers.task.arithmetic.ChainSum;
import io.amalgam.verifiers.task.arithmetic.CountBits;
import io.amalgam.verifiers.task.arithmetic.DecimalArithmetic;
import io.amalgam.verifiers.task.arithmetic.DecimalChainSum;
import io.amalgam.verifiers.task.arithmetic.Dice;
import io.amalgam.verifiers.task.arithmetic.FractionSimplification;
import io.amalgam.verifiers.task.arithmetic.Gcd;
import io.amalgam.verifiers.task.arithmetic.Lcm;
import io.amalgam.verifiers.task.arithmetic.LegCounting;
import io.amalgam.verifiers.task.arithmetic.NumberFormat;
import io.amalgam.verifiers.task.arithmetic.PowerFunction;
import io.amalgam.verifiers.task.arithmetic.PrimeFactorization;
import io.amalgam.verifiers.task.arithmetic.Products;
import io.amalgam.verifiers.task.arithmetic.TimeIntervals;
import io.amalgam.verifiers.task.arithmetic.gsm.GsmSymbolic;
import io.amalgam.verifiers.task.code.Bf;
import io.amalgam.verifiers.task.code.CodeIo;
import io.amalgam.verifiers.task.cognition.ColorCubeRotation;
import io.amalgam.verifiers.task.cognition.FigletFont;
import io.amalgam.verifiers.task.cognition.ModuloGrid;
import io.amalgam.verifiers.task.cognition.NeedleHaystack;
import io.amalgam.verifiers.task.cognition.NumberSequence;
import io.amalgam.verifiers.task.cognition.RectangleCount;
import io.amalgam.verifiers.task.cognition.RubiksCube;
import io.amalgam.verifiers.task.games.Boxnet;
import io.amalgam.verifiers.task.games.Countdown;
import io.amalgam.verifiers.task.games.EmojiMystery;
import io.amalgam.verifiers.task.games.Futoshiki;
import io.amalgam.verifiers.task.games.Kakurasu;
import io.amalgam.verifiers.task.games.KnightSwap;
import io.amalgam.verifiers.task.games.MahjongPuzzle;
import io.amalgam.verifiers.task.games.Maze;
import io.amalgam.verifiers.task.games.MiniSudoku;
import io.amalgam.verifiers.task.games.NQueens;
import io.amalgam.verifiers.task.games.Puzzle24;
import io.amalgam.verifiers.task.games.RushHour;
import io.amalgam.verifiers.task.games.Sokoban;
import io.amalgam.verifiers.task.games.Sudoku;
import io.amalgam.verifiers.task.games.Survo;
import io.amalgam.verifiers.task.games.TowerOfHanoi;
import io.amalgam.verifiers.task.games.Tsumego;
import io.amalgam.verifiers.task.geometry.AdvancedGeometry;
import io.amalgam.verifiers.task.geometry.SimpleGeometry;
import io.amalgam.verifiers.task.graphs.CourseSchedule;
import io.amalgam.verifiers.task.graphs.FamilyRelationships;
import io.amalgam.verifiers.task.graphs.LargestIsland;
import io.amalgam.verifiers.task.graphs.PathStar;
import io.amalgam.verifiers.task.graphs.QuantumLock;
import io.amalgam.verifiers.task.graphs.ShortestPath;
import io.amalgam.verifiers.task.induction.Acre;
import io.amalgam.verifiers.task.induction.ListFunctions;
import io.amalgam.verifiers.task.logic.AliceInWonderland;
import io.amalgam.verifiers.task.logic.CircuitLogic;
import io.amalgam.verifiers.task.logic.KnightsKnaves;
import io.amalgam.verifiers.task.logic.PropositionalLogic;
import io.amalgam.verifiers.task.logic.SelfReference;
import io.amalgam.verifiers.task.logic.Syllogism;
import io.amalgam.verifiers.task.logic.ZebraPuzzles;
import io.amalgam.verifiers.task.probability.CoinFlip;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All tasks by name. Immutable. */
public final class TaskCatalog {
  private static final TaskCatalog STANDARD =
      new TaskCatalog(standardFamilies(), TaskData.bundled());

  private final SortedMap<String, TaskFamily> families;
  private final TaskData data;
  private final boolean cascade;

  /**
   * A catalogue of the given families; one of one's own can hold further tasks.
   *
   * @param data what tasks that draw from texts and word lists read
   */
  public TaskCatalog(List<TaskFamily> families, TaskData data) {
    this(families, data, false);
  }

  private TaskCatalog(List<TaskFamily> families, TaskData data, boolean cascade) {
    this.data = data;
    this.cascade = cascade;
    SortedMap<String, TaskFamily> byName = new TreeMap<>();
    for (TaskFamily family : families) {
      if (byName.put(family.name(), family) != null) {
        throw new TaskConfigurationException(
            "task " + family.name() + " exists twice; give one of them another name");
      }
    }
    this.families = Collections.unmodifiableSortedMap(byName);
  }

  /** The tasks that come with the system. */
  public static TaskCatalog standard() {
    return STANDARD;
  }

  /**
   * The tasks that come with the system and those that providers on the class path bring.
   *
   * @throws TaskConfigurationException if two tasks have the same name
   */
  public static TaskCatalog installed() {
    List<TaskFamily> all = standardFamilies();
    for (TaskProvider provider : ServiceLoader.load(TaskProvider.class)) {
      all.addAll(provider.families());
    }
    return new TaskCatalog(all, TaskData.bundled());
  }

  /** The same tasks with further ones. */
  public TaskCatalog with(List<TaskFamily> more) {
    List<TaskFamily> all = new ArrayList<>(families.values());
    all.addAll(more);
    return new TaskCatalog(all, data, cascade);
  }

  /** The same tasks with other texts and word lists. */
  public TaskCatalog withData(TaskData other) {
    return new TaskCatalog(families(), other, cascade);
  }

  /** The same tasks, with answers that differ from the reference in notation alone accepted. */
  public TaskCatalog cascading() {
    return new TaskCatalog(families(), data, true);
  }

  /** One line per task, so that lists of tasks can be merged. */
  private static List<TaskFamily> standardFamilies() {
    List<TaskFamily> all = new ArrayList<>();
    all.add(Arc1d.FAMILY);
    all.add(BasicArithmetic.FAMILY);
    all.add(ChainSum.FAMILY);
    all.add(CountBits.FAMILY);
    all.add(Countdown.FAMILY);
    all.add(Gcd.FAMILY);
    all.add(GraphColor.FAMILY);
    all.add(GsmSymbolic.FAMILY);
    all.add(LegCounting.FAMILY);
    all.add(NumberSequence.FAMILY);
    all.add(PrimeFactorization.FAMILY);
    all.add(SelfReference.FAMILY);
    all.add(Syllogism.FAMILY);
    all.add(Acre.FAMILY);
    all.add(FamilyRelationships.FAMILY);
    all.add(CircuitLogic.FAMILY);
    all.add(ColorCubeRotation.FAMILY);
    all.add(ZebraPuzzles.FAMILY);
    all.add(CourseSchedule.FAMILY);
    all.add(AliceInWonderland.FAMILY);
    all.add(KnightsKnaves.FAMILY);
    all.add(CoinFlip.FAMILY);
    all.add(ListFunctions.FAMILY);
    all.add(PropositionalLogic.FAMILY);
    all.add(Dice.FAMILY);
    all.add(EmojiMystery.FAMILY);
    all.add(Maze.FAMILY);
    all.add(MiniSudoku.FAMILY);
    all.add(Sudoku.FAMILY);
    all.add(ShortestPath.FAMILY);
    all.add(Sokoban.FAMILY);
    all.add(NQueens.FAMILY);
    all.add(Survo.FAMILY);
    all.add(Kakurasu.FAMILY);
    all.add(TowerOfHanoi.FAMILY);
    all.add(Futoshiki.FAMILY);
    all.add(Puzzle24.FAMILY);
    all.add(LargestIsland.FAMILY);
    all.add(PathStar.FAMILY);
    all.add(QuantumLock.FAMILY);
    all.add(Tsumego.FAMILY);
    all.add(MahjongPuzzle.FAMILY);
    all.add(RectangleCount.FAMILY);
    all.add(ModuloGrid.FAMILY);
    all.add(NeedleHaystack.FAMILY);
    all.add(Boxnet.FAMILY);
    all.add(RushHour.FAMILY);
    all.add(ComplexArithmetic.FAMILY);
    all.add(SimpleEquations.FAMILY);
    all.add(SimpleIntegration.FAMILY);
    all.add(SimpleGeometry.FAMILY);
    all.add(BitwiseArithmetic.FAMILY);
    all.add(FractionSimplification.FAMILY);
    all.add(Lcm.FAMILY);
    all.add(Products.FAMILY);
    all.add(DecimalArithmetic.FAMILY);
    all.add(DecimalChainSum.FAMILY);
    all.add(NumberFormat.FAMILY);
    all.add(PowerFunction.FAMILY);
    all.add(CalendarArithmetic.FAMILY);
    all.add(TimeIntervals.FAMILY);
    all.add(Bf.FAMILY);
    all.add(FigletFont.FAMILY);
    all.add(CodeIo.FAMILY);
    all.add(AbProgram.FAMILY);
    all.add(BaseConversion.FAMILY);
    all.add(BinaryAlternation.FAMILY);
    all.add(CountPrimes.FAMILY);
    all.add(RotateMatrix.FAMILY);
    all.add(RottenOranges.FAMILY);
    all.add(ManipulateMatrix.FAMILY);
    all.add(NumberFiltering.FAMILY);
    all.add(NumberSorting.FAMILY);
    all.add(GameOfLife.FAMILY);
    all.add(GameOfLifeHalting.FAMILY);
    all.add(Cryptarithm.FAMILY);
    all.add(Jugs.FAMILY);
    all.add(PalindromeGeneration.FAMILY);
    all.add(PalindromePartitioning.FAMILY);
    all.add(StringSplitting.FAMILY);
    all.add(StringSynthesis.FAMILY);
    all.add(StringManipulation.FAMILY);
    all.add(SpiralMatrix.FAMILY);
    all.add(BinaryMatrix.FAMILY);
    all.add(StringInsertion.FAMILY);
    all.add(PoolMatrix.FAMILY);
    all.add(IsomorphicStrings.FAMILY);
    all.add(RansomNote.FAMILY);
    all.add(LetterCounting.FAMILY);
    all.add(LetterJumble.FAMILY);
    all.add(CaesarCipher.FAMILY);
    all.add(SentenceReordering.FAMILY);
    all.add(WordSorting.FAMILY);
    all.add(WordSequenceReversal.FAMILY);
    all.add(SpellBackward.FAMILY);
    all.add(GroupAnagrams.FAMILY);
    all.add(WordLadder.FAMILY);
    all.add(ArcAgi.FAMILY);
    all.add(ReArc.FAMILY);
    all.add(KnightSwap.FAMILY);
    all.add(RubiksCube.FAMILY);
    all.add(PolynomialEquations.FAMILY);
    all.add(AdvancedGeometry.FAMILY);
    all.add(IntermediateIntegration.FAMILY);
    all.add(PolynomialMultiplication.FAMILY);
    return all;
  }

  /** The families of this catalogue, to build a larger one from. */
  public List<TaskFamily> families() {
    return List.copyOf(families.values());
  }

  /** The names of all tasks. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(families.keySet()));
  }

  /**
   * A configured task; {@code name@level} is a task at a level of its curriculum.
   *
   * @param config fields that differ from the defaults
   * @param seed base seed, any integer
   * @param size nominal number of problems, at least 1
   * @throws TaskConfigurationException for an unknown task or field, or a value of the wrong type
   *     or out of range
   */
  public Task create(String name, ObjectNode config, BigInteger seed, int size) {
    TaskName levelled = TaskName.parse(name);
    TaskFamily family = family(levelled.base());
    if (size < 1) {
      throw new TaskConfigurationException(name + ": size = " + size + " must be at least 1");
    }
    Task task =
        family
            .factory()
            .apply(
                new TaskSetup(
                    family, FieldValues.of(family, atLevel(levelled, config)), seed, size, data));
    Task judged = cascade ? new CascadingTask(task) : task;
    return levelled.level().isPresent() ? new LevelledTask(levelled, judged) : judged;
  }

  /** The fields that a level sets win over those that are given. */
  private static ObjectNode atLevel(TaskName name, ObjectNode config) {
    if (name.level().isEmpty()) {
      return config;
    }
    Curriculum curriculum =
        Curriculum.of(name.base())
            .orElseThrow(
                () -> new TaskConfigurationException("task " + name.base() + " has no levels"));
    int level = name.level().getAsInt();
    if (level >= curriculum.depth()) {
      throw new TaskConfigurationException(
          "task " + name + ": the highest level is " + (curriculum.depth() - 1));
    }
    ObjectNode levelled = config.deepCopy();
    levelled.setAll(TaskLevels.at(curriculum, level).config(RangeMode.INCLUSIVE));
    return levelled;
  }

  /**
   * What is known about a task.
   *
   * @throws TaskConfigurationException for an unknown task
   */
  public TaskDescription describe(String name) {
    TaskFamily family = family(name);
    return new TaskDescription(
        family.name(),
        family.category(),
        family.fields(),
        family.fidelity(),
        family.exactness(),
        family.isolated(),
        family.sized());
  }

  /** The files that a task's problems are drawn from. */
  public List<String> dataFiles(String name) {
    return family(name).data();
  }

  private TaskFamily family(String name) {
    TaskFamily family = families.get(name);
    if (family == null) {
      throw new TaskConfigurationException(
          "unknown task \"" + name + "\"; " + NearestName.suggestion(name, families.keySet()));
    }
    return family;
  }
}
