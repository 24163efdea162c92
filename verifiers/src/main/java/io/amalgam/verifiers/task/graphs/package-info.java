/** Tasks about relations between people, courses and other nodes. */
@NullMarked
package io.amalgam.verifiers.task.graphs;

import org.jspecify.annotations.NullMarked;
