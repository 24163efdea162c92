/** Judging answers within limits of time and memory, in a thread or in a process of its own. */
@NullMarked
package io.amalgam.verifiers.sandbox;

import org.jspecify.annotations.NullMarked;
