/** What a run remembers about the problems it has asked. */
@NullMarked
package io.amalgam.verifiers.curriculum;

import org.jspecify.annotations.NullMarked;
