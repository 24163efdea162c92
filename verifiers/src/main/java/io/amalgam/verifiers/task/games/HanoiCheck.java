package io.amalgam.verifiers.task.games;

import com.fasterxml.jackson.databind.JsonNode;
import io.amalgam.verifiers.python.PythonInteger;
import io.amalgam.verifiers.python.PythonText;
import io.amalgam.verifiers.task.Verdict;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Plays the moves of an answer: 0 for a line that is no possible move, 0.05 for a tower that does
 * not end complete on its target, 1 for as few moves as the reference has, and less for more.
 *
 * <p>A line is checked by its words and played by its digits; the two only disagree for numbers
 * with underscores.
 */
final class HanoiCheck {
  private static final double UNSOLVED = 0.05;
  private static final int WORDS = 9;
  private static final int DISK_WORD = 2;
  private static final int FROM_WORD = 5;
  private static final int TO_WORD = 8;

  private static final Pattern MOVE =
      Pattern.compile("Move disk (\\p{Nd}++) from Peg (\\p{Nd}++) to Peg (\\p{Nd}++)");

  /** The characters at which Python's {@code splitlines} parts a text. */
  private static final Pattern LINE_END =
      Pattern.compile("[\\n\\r\\x0b\\x0c\\x1c-\\x1e\\x85\\u2028\\u2029]");

  private final List<Deque<Integer>> stacks = new ArrayList<>();

  private HanoiCheck(int pegs, int disks, int start) {
    for (int peg = 0; peg <= pegs; peg++) {
      stacks.add(new ArrayDeque<>());
    }
    for (int disk = disks; disk > 0; disk--) {
      stacks.get(start).push(disk);
    }
  }

  /** The verdict on a text of moves for a problem with these metadata. */
  static Verdict score(JsonNode metadata, String answer) {
    int disks = metadata.path("num_disks").intValue();
    HanoiCheck check =
        new HanoiCheck(
            metadata.path("num_pegs").intValue(), disks, metadata.path("start_peg").intValue());
    int moves = 0;
    for (String part : LINE_END.split(answer)) {
      String line = PythonText.strip(part);
      if (line.isEmpty()) {
        continue;
      }
      moves++;
      Optional<Verdict> failure = check.play(line);
      if (failure.isPresent()) {
        return failure.get();
      }
    }
    if (!check.complete(metadata.path("target_peg").intValue(), disks)) {
      return Verdict.Scored.of(UNSOLVED);
    }
    int reference = metadata.path("solution_length").asInt(moves);
    return Verdict.Scored.of(moves <= reference ? 1 : (double) reference / moves);
  }

  /** Plays one move; the verdict on the whole answer if that is impossible. */
  private Optional<Verdict> play(String line) {
    Optional<Verdict> illegal = Optional.of(Verdict.Scored.of(0));
    Matcher move = MOVE.matcher(line);
    List<String> words = Tokens.of(line);
    if (words.size() != WORDS || !move.find()) {
      return illegal;
    }
    Optional<Integer> disk = number(words.get(DISK_WORD));
    Optional<Integer> from = peg(words.get(FROM_WORD));
    Optional<Integer> to = peg(words.get(TO_WORD));
    if (disk.isEmpty() || from.isEmpty() || to.isEmpty()) {
      return illegal;
    }
    Deque<Integer> source = stacks.get(from.get());
    Deque<Integer> target = stacks.get(to.get());
    if (!disk.get().equals(source.peek()) || (!target.isEmpty() && target.element() < disk.get())) {
      return illegal;
    }
    Optional<Integer> played = peg(move.group(3));
    if (played.isEmpty()) {
      return Optional.of(new Verdict.Invalid("a move to a peg that does not exist: " + line));
    }
    stacks.get(played.get()).push(source.pop());
    return Optional.empty();
  }

  /** Whether all disks lie on a peg, the smallest on top. */
  private boolean complete(int peg, int disks) {
    List<Integer> tower = IntStream.rangeClosed(1, disks).boxed().toList();
    return List.copyOf(stacks.get(peg)).equals(tower);
  }

  private static Optional<Integer> number(String word) {
    return PythonInteger.parse(word)
        .filter(value -> value.bitLength() < Integer.SIZE)
        .map(BigInteger::intValueExact);
  }

  private Optional<Integer> peg(String word) {
    return number(word).filter(peg -> peg >= 1 && peg < stacks.size());
  }
}
