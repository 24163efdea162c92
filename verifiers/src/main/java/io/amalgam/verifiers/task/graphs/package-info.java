/** Graphs, grids and searches in them. */
@NullMarked
package io.amalgam.verifiers.task.graphs;

import org.jspecify.annotations.NullMarked;
