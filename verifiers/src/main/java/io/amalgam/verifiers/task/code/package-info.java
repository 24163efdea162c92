/** Tasks about what programs print or return. */
@NullMarked
package io.amalgam.verifiers.task.code;

import org.jspecify.annotations.NullMarked;
