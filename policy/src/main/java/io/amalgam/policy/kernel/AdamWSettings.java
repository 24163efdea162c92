package io.amalgam.policy.kernel;

/**
 * The constants of one AdamW step (Loshchilov and Hutter, 2019) on every parameter.
 *
 * @param lr learning rate
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the root of the corrected second moment
 * @param weightDecay decoupled decay: p ← p·(1 − lr·weightDecay) before the step
 * @param maxGradNorm the gradient is scaled by min(1, maxGradNorm/(‖g‖₂ + 1e-6)); infinity for no
 *     clipping
 */
public record AdamWSettings(
    double lr, double beta1, double beta2, double eps, double weightDecay, double maxGradNorm) {
  /** That learning rate, betas 0.9 and 0.999, no decay, gradients clipped to norm 1. */
  public static AdamWSettings of(double lr) {
    return new AdamWSettings(lr, 0.9, 0.999, 1e-8, 0, 1);
  }
}
