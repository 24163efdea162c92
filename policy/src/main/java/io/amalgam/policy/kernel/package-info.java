/**
 * TorchScript sources and the calls into them: everything that computes on a device.
 *
 * <p>The numerical code is TorchScript in the resources beside this package ({@code weights.py},
 * {@code layers.py}, {@code decode.py}, {@code training.py}); an archive is made of it in memory
 * and compiled by libtorch when the first model is loaded. {@link
 * io.amalgam.policy.kernel.GenerationModel} decodes, {@link
 * io.amalgam.policy.kernel.TrainableModel} trains. Neither knows a mixture method: decoding returns
 * candidates of each row, training returns features of scored positions and takes their gradient.
 */
@NullMarked
package io.amalgam.policy.kernel;

import org.jspecify.annotations.NullMarked;
