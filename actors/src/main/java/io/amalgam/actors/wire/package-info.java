/** Serializers of everything that crosses the network or is kept on disk. */
@NullMarked
package io.amalgam.actors.wire;

import org.jspecify.annotations.NullMarked;
