package io.amalgam.verifiers.task.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Programs about texts. */
final class TextPrograms {
  static final List<CodeProgram> ALL =
      List.of(
          new CodeProgram(
              1,
              "Given a word in small letters, count its vowels and its other letters.",
              """
              Input:
                `word` (str): A word of small letters.

              Output:
                `return` (dict): A dictionary with two keys:
                - `vowels` (int): How many letters are vowels.
                - `others` (int): How many letters are not.""",
              """
              def main_solution(word):
                  vowels = 0
                  for letter in word:
                      if letter in "aeiou":
                          vowels += 1
                  return {"vowels": vowels, "others": len(word) - vowels}""",
              random ->
                  CodeProgram.object()
                      .put("word", CodeProgram.text(random, 4, 16, "aeioubcdlmnrst")),
              TextPrograms::countVowels),
          new CodeProgram(
              3,
              "A text is shortened by writing every run of equal letters as the letter and the"
                  + " length of the run; runs of one letter stay as they are. What is the"
                  + " shortened text, and how many letters does the longest run have?",
              """
              Input:
                `text` (str): The letters to shorten.

              Output:
                `return` (dict): A dictionary with two keys:
                - `short` (str): The shortened text.
                - `longest` (int): The length of the longest run.""",
              """
              def main_solution(text):
                  short = ""
                  longest = 0
                  start = 0
                  while start < len(text):
                      end = start
                      while end < len(text) and text[end] == text[start]:
                          end += 1
                      run = end - start
                      short += text[start] + (str(run) if run > 1 else "")
                      longest = max(longest, run)
                      start = end
                  return {"short": short, "longest": longest}""",
              random -> CodeProgram.object().put("text", CodeProgram.text(random, 6, 20, "aab")),
              TextPrograms::shorten),
          new CodeProgram(
              5,
              "Check whether the brackets of a text are properly nested. Report how deep they"
                  + " nest and where the first wrong bracket stands; a bracket that is never"
                  + " closed counts as wrong at the end of the text.",
              """
              Input:
                `text` (str): A text of round and square brackets.

              Output:
                `return` (dict): A dictionary with three keys:
                - `valid` (bool): Whether all brackets match.
                - `deepest` (int): The largest number of brackets open at once.
                - `error_at` (int): The position of the first error, or -1.""",
              """
              def main_solution(text):
                  partner = {")": "(", "]": "["}
                  stack = []
                  deepest = 0
                  for position, bracket in enumerate(text):
                      if bracket in "([":
                          stack.append(bracket)
                          deepest = max(deepest, len(stack))
                      elif stack and stack[-1] == partner[bracket]:
                          stack.pop()
                      else:
                          return {"valid": False, "deepest": deepest, "error_at": position}
                  if stack:
                      return {"valid": False, "deepest": deepest, "error_at": len(text)}
                  return {"valid": True, "deepest": deepest, "error_at": -1}""",
              random ->
                  CodeProgram.object()
                      .put("text", "([" + CodeProgram.text(random, 2, 10, "(()[]])") + "])"),
              TextPrograms::checkBrackets),
          new CodeProgram(
              7,
              "Evaluate a formula in postfix notation: numbers go onto a stack, and an operator"
                  + " replaces the two uppermost numbers by its result. What is left on the stack"
                  + " at the end? Division is not used; an operator that finds fewer than two"
                  + " numbers is skipped.",
              """
              Input:
                `formula` (str): Digits and the operators +, - and *, without spaces.

              Output:
                `return` (dict): A dictionary with two keys:
                - `stack` (list of int): The numbers left, the lowest first.
                - `skipped` (int): How many operators were skipped.""",
              """
              def main_solution(formula):
                  stack = []
                  skipped = 0
                  for token in formula:
                      if token.isdigit():
                          stack.append(int(token))
                      elif len(stack) < 2:
                          skipped += 1
                      else:
                          right = stack.pop()
                          left = stack.pop()
                          if token == "+":
                              stack.append(left + right)
                          elif token == "-":
                              stack.append(left - right)
                          else:
                              stack.append(left * right)
                  return {"stack": stack, "skipped": skipped}""",
              random ->
                  CodeProgram.object()
                      .put("formula", CodeProgram.text(random, 5, 13, "123456789+-*+-*")),
              TextPrograms::evaluate));

  private TextPrograms() {}

  private static JsonNode countVowels(ObjectNode inputs) {
    String word = inputs.get("word").textValue();
    int vowels = (int) word.chars().filter(letter -> "aeiou".indexOf(letter) >= 0).count();
    return CodeProgram.object().put("vowels", vowels).put("others", word.length() - vowels);
  }

  private static JsonNode shorten(ObjectNode inputs) {
    String text = inputs.get("text").textValue();
    StringBuilder written = new StringBuilder();
    int longest = 0;
    for (int start = 0; start < text.length(); ) {
      int end = start;
      while (end < text.length() && text.charAt(end) == text.charAt(start)) {
        end++;
      }
      written.append(text.charAt(start));
      if (end - start > 1) {
        written.append(end - start);
      }
      longest = Math.max(longest, end - start);
      start = end;
    }
    return CodeProgram.object().put("short", written.toString()).put("longest", longest);
  }

  private static JsonNode checkBrackets(ObjectNode inputs) {
    String text = inputs.get("text").textValue();
    Deque<Character> open = new ArrayDeque<>();
    int deepest = 0;
    int error = -1;
    for (int i = 0; i < text.length() && error < 0; i++) {
      char bracket = text.charAt(i);
      if (bracket == '(' || bracket == '[') {
        open.push(bracket);
        deepest = Math.max(deepest, open.size());
      } else if (!open.isEmpty() && open.peek() == (bracket == ')' ? '(' : '[')) {
        open.pop();
      } else {
        error = i;
      }
    }
    if (error < 0 && !open.isEmpty()) {
      error = text.length();
    }
    return CodeProgram.object()
        .put("valid", error < 0)
        .put("deepest", deepest)
        .put("error_at", error);
  }

  private static JsonNode evaluate(ObjectNode inputs) {
    Deque<Long> stack = new ArrayDeque<>();
    int skipped = 0;
    for (char token : inputs.get("formula").textValue().toCharArray()) {
      if (Character.isDigit(token)) {
        stack.addLast((long) (token - '0'));
      } else if (stack.size() < 2) {
        skipped++;
      } else {
        long right = stack.removeLast();
        long left = stack.removeLast();
        stack.addLast(token == '+' ? left + right : token == '-' ? left - right : left * right);
      }
    }
    ObjectNode result = CodeProgram.object();
    stack.forEach(result.putArray("stack")::add);
    return result.put("skipped", skipped);
  }
}
