/** Roles, start, shutdown, and the events of a run that others listen to. */
@NullMarked
package io.amalgam.actors.cluster;

import org.jspecify.annotations.NullMarked;
