/** How the answer is found in a completion, and the rules that compare it with the reference. */
@NullMarked
package io.amalgam.verifiers.answer;

import org.jspecify.annotations.NullMarked;
