/**
 * Reasoning tasks, answers, verdicts, rewards and curricula; usable without the rest of Amalgam.
 */
@NullMarked
package io.amalgam.verifiers;

import org.jspecify.annotations.NullMarked;
