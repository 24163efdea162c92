/**
 * The configuration of a run as immutable records: read once, checked once, then passed to every
 * role.
 */
@NullMarked
package io.amalgam.actors.settings;

import org.jspecify.annotations.NullMarked;
