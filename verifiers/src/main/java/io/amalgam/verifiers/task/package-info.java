/** What a reasoning task is, and all of them by name. */
@NullMarked
package io.amalgam.verifiers.task;

import org.jspecify.annotations.NullMarked;
