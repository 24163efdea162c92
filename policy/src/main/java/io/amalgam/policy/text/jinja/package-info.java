/**
 * A bounded interpreter for the Jinja language of chat templates.
 *
 * <p>Semantics follow Jinja 3.1 in its immutable sandbox: methods that change a value are refused,
 * names starting with an underscore are hidden, and work, memory and output have limits. Only the
 * template is ever parsed; the texts it is given are data.
 */
@NullMarked
package io.amalgam.policy.text.jinja;

import org.jspecify.annotations.NullMarked;
