/** Low-rank adapters: what they attach to, their tensors, how they start. */
@NullMarked
package io.amalgam.policy.model.lora;

import org.jspecify.annotations.NullMarked;
