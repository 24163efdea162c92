/** Models by name: the local Hugging Face cache, and downloads from a hub into it. */
@NullMarked
package io.amalgam.policy.hub;

import org.jspecify.annotations.NullMarked;
