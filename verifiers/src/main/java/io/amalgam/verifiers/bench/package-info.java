/** How fast tasks make problems and score answers, beside the original. */
@NullMarked
package io.amalgam.verifiers.bench;

import org.jspecify.annotations.NullMarked;
