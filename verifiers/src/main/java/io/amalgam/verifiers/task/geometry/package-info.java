/** Tasks about polygons and triangles. */
@NullMarked
package io.amalgam.verifiers.task.geometry;

import org.jspecify.annotations.NullMarked;
