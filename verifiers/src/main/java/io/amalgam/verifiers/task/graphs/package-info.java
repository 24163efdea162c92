/** Paths, trees and networks. */
@NullMarked
package io.amalgam.verifiers.task.graphs;

import org.jspecify.annotations.NullMarked;
