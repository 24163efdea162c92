package io.amalgam.verifiers.answer;

import io.amalgam.verifiers.python.PythonText;
import java.util.Optional;

/**
 * Finds the answer in a completion: the content of the last pair of tags.
 *
 * <p>Pairs are matched from the left: an opening tag ends at the nearest closing tag after it, and
 * later openings in between belong to the content. Tags are case-sensitive. Takes time linear in
 * the completion. Immutable.
 */
public final class AnswerExtractor {
  private final String opening;
  private final String closing;
  private final boolean oneLine;

  /** An extractor for a tag name, for example {@code answer} for {@code <answer>…</answer>}. */
  public AnswerExtractor(String tag) {
    this(tag, false);
  }

  private AnswerExtractor(String tag, boolean oneLine) {
    opening = "<" + tag + ">";
    closing = "</" + tag + ">";
    this.oneLine = oneLine;
  }

  /**
   * The extraction of the MoT-G authors' code: what follows the last {@code <answer>}, up to a
   * closing tag if there is one, without line breaks; an empty answer is none. Answers of several
   * lines do not survive it.
   */
  public static AnswerExtractor authors() {
    return new AnswerExtractor("answer", true);
  }

  /** An extractor for {@code <answer>…</answer>}. */
  public static AnswerExtractor standard() {
    return new AnswerExtractor("answer");
  }

  /** The last answer without white space around it; empty if there is no pair of tags. */
  public Optional<String> extract(String completion) {
    if (oneLine) {
      return joined(completion);
    }
    return extractUnstripped(completion).map(PythonText::strip);
  }

  /**
   * The last answer as written, but for at most one white space character directly inside each tag.
   */
  public Optional<String> extractUnstripped(String completion) {
    Optional<String> last = Optional.empty();
    int open = completion.indexOf(opening);
    while (open >= 0) {
      int start = open + opening.length();
      int close = completion.indexOf(closing, start);
      if (close < 0) {
        break;
      }
      last = Optional.of(withoutInnerSpace(completion.substring(start, close)));
      open = completion.indexOf(opening, close + closing.length());
    }
    return last;
  }

  private Optional<String> joined(String completion) {
    int open = completion.lastIndexOf(opening);
    // without a tag the whole text is taken, as splitting at the tag does
    String rest = open < 0 ? completion : completion.substring(open + opening.length());
    int close = rest.indexOf(closing);
    String answer = close < 0 ? rest : rest.substring(0, close);
    return Optional.of(PythonText.strip(answer.replace("\n", ""))).filter(a -> !a.isEmpty());
  }

  private static String withoutInnerSpace(String content) {
    int start = !content.isEmpty() && PythonText.isSpace(content.charAt(0)) ? 1 : 0;
    int end = content.length();
    if (end > start && PythonText.isSpace(content.charAt(end - 1))) {
      end--;
    }
    return content.substring(start, end);
  }
}
