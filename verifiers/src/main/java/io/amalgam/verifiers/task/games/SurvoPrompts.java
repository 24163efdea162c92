package io.amalgam.verifiers.task.games;

import java.util.List;

/** The five wordings of a Survo question. Names in braces stand for what is filled in. */
final class SurvoPrompts {
  /** In the order in which they are drawn from. */
  static final List<String> ALL =
      List.of(
          """
          Given a {n}*{n} matrix where the last element of each row and column equals the sum of the other elements in that row or column. The matrix is:
          {matrix}
          where some elements are replaced with 0. You have a set of numbers {numbers} that can be filled into the 0 positions to satisfy the rules. Please fill in the matrix. Each number can only be used once.""",
          """
          You have a {n}*{n} matrix with some positions already filled with numbers and others marked with 0. The matrix is:
          {matrix}
          The last number in each row and column represents the sum of all other numbers in that row or column. You need to fill in the 0 positions using the numbers {numbers} to satisfy these conditions. Each number can only be used once.""",
          """
          Complete the following Survo puzzle. In this {n}*{n} matrix:
          {matrix}
          the cells marked with 0 need to be filled with numbers. The last number in each row and column equals the sum of all other numbers in that row or column. You can use the following numbers: {numbers}. Each number can only be used once.""",
          """
          In this {n}*{n} Survo matrix puzzle:
          {matrix}
          the 0 cells need to be filled with numbers from the set {numbers}. The last element in each row and column is the sum of all other elements in that row or column. Each number can only be used once. Provide the completed matrix.""",
          """
          Solve this {n}*{n} matrix puzzle:
          {matrix}
          where 0 represents empty cells that need to be filled. The last number in each row and column equals the sum of all other numbers in that row or column. You have the numbers {numbers} to place in the empty cells. Each number can only be used once.""");

  private SurvoPrompts() {}
}
