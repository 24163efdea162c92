/** How hard a task is: the levels of each, and the configurations they stand for. */
@NullMarked
package io.amalgam.verifiers.level;

import org.jspecify.annotations.NullMarked;
