/** The actor that samples groups on one device, and the thread that owns the device. */
@NullMarked
package io.amalgam.actors.generator;

import org.jspecify.annotations.NullMarked;
