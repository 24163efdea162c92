/** Training of small byte-level BPE vocabularies. */
@NullMarked
package io.amalgam.policy.text.bpe;

import org.jspecify.annotations.NullMarked;
