/**
 * The command line: one class per verb, thin over the rooms that do the work.
 *
 * <p>Exit codes: 0 done, 1 failed run, 2 bad usage or configuration, 3 nothing to resume or missing
 * model, 130 interrupted after a clean checkpoint.
 */
@NullMarked
package io.amalgam.actors.cli;

import org.jspecify.annotations.NullMarked;
