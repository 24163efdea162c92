/**
 * Text in and out of a language model: tokens, chat templates and the decoding of a growing answer.
 */
@NullMarked
package io.amalgam.policy.text;

import org.jspecify.annotations.NullMarked;
