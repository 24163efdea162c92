package io.amalgam.verifiers.task.code;

/**
 * Writes Brainfuck programs the way the compiler of the language BF-it does, character by
 * character.
 *
 * <p>Cell 0 is left free for a function's result, the variables follow, then a stack. Values are
 * computed on top of the stack: what makes a value leaves the pointer behind it, and binary
 * operators replace the two uppermost values by one.
 */
final class BrainfuckProgram {
  private static final String DIVIDE_BY_TEN = ">++++++++++<[->-[>+>>]>[+[<+>-]>+>>]<<<<<]>[-]>>";

  private final StringBuilder code = new StringBuilder();
  private final int variables;

  /** The cell that the next value goes to. */
  private int top;

  /** A program with some variables. */
  BrainfuckProgram(int variables) {
    this.variables = variables;
    top = variables + 1;
    right(top);
  }

  /** Ends the program at its first cell. */
  String end() {
    return left(variables).left(1).code.toString();
  }

  private BrainfuckProgram write(String text) {
    code.append(text);
    return this;
  }

  private BrainfuckProgram right(int cells) {
    return write(">".repeat(cells));
  }

  private BrainfuckProgram left(int cells) {
    return write("<".repeat(cells));
  }

  /** Drops the uppermost value. */
  BrainfuckProgram drop() {
    top--;
    return left(1);
  }

  /** Prints a text. */
  BrainfuckProgram print(String text) {
    write("[-]>[-]<");
    int previous = 0;
    for (int i = 0; i < text.length(); i++) {
      write(BrainfuckConstant.change(text.charAt(i) - previous, ">"));
      write(".");
      previous = text.charAt(i);
    }
    return this;
  }

  /** Puts a number on the stack. */
  BrainfuckProgram number(int value) {
    top++;
    return write("[-]").write(BrainfuckConstant.change(value, ">[-]")).right(1);
  }

  /** Puts a variable's value on the stack; variables count from 1. */
  BrainfuckProgram load(int variable) {
    int back = top - variable + 1;
    top++;
    write("[-]>[-]").left(back).write("[").right(back - 1).write("+>+").left(back).write("-]");
    return right(back).write("[").left(back).write("+").right(back).write("-]");
  }

  /** Gives a variable the uppermost value and drops that. */
  BrainfuckProgram store(int variable) {
    int away = top - 1 - variable;
    write("<>[-]").left(away + 1).write("[-]").right(away);
    write("[>+").left(away + 1).write("+").right(away).write("-]>[<+>-]<>");
    return drop();
  }

  private BrainfuckProgram binary(String instructions) {
    top--;
    return write("<<").write(instructions);
  }

  /** Adds the two uppermost values. */
  BrainfuckProgram add() {
    return binary(">[<+>-]");
  }

  /** 1 if the last but one value is less than the last, else 0. */
  BrainfuckProgram less() {
    return binary(">>[-]>[-]<<[>[-]<<[>>+>+<<<-]>>[<<+>>-]+>[[-]<-<<->>>]<<-]<[-]>>[<<+>>-]<");
  }

  /** 1 if the last but one value is greater than the last, else 0. */
  BrainfuckProgram greater() {
    return binary(">>[-]>[-]<<<[>>[-]<[>+>+<<-]>[<+>-]+>[[-]<-<->>]<<<-]>>[<<+>>-]<");
  }

  /** Starts a loop that runs while the uppermost value is not zero. */
  BrainfuckProgram startWhile() {
    return drop().write("[");
  }

  /** Ends a loop; its condition has been put on the stack anew. */
  BrainfuckProgram endWhile() {
    return drop().write("]");
  }

  /** Starts what happens if the uppermost value is not zero. */
  BrainfuckProgram startIf() {
    // The condition stays below what happens, beside a cell that an alternative would use.
    top++;
    return write("<[>>");
  }

  /** Ends what happens under a condition. */
  BrainfuckProgram endIf() {
    top -= 2;
    return write("<<[-]]");
  }

  /** Prints a variable, at most 255, in decimal. */
  BrainfuckProgram printDecimal(int variable) {
    top++;
    write("[-]>").load(variable).write("<<>");
    top -= 2;
    write(">[-]".repeat(8)).left(8).write(DIVIDE_BY_TEN).write(DIVIDE_BY_TEN);
    // Hundreds, unless zero; then tens, unless both are zero; then ones.
    write("[>++++++[<++++++++>-]<.<<+>+>[-]]<[<[>-<-]++++++[>++++++++<-]>.[-]]");
    return write("<<++++++[<++++++++>-]<.[-]<<<><");
  }
}
