/** The roles of a run, the cluster that wires them, and the command line. */
@NullMarked
package io.amalgam.actors;

import org.jspecify.annotations.NullMarked;
