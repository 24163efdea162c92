/** TorchScript sources and the calls into them: everything that computes on a device. */
@NullMarked
package io.amalgam.policy.kernel;

import org.jspecify.annotations.NullMarked;
