package io.amalgam.policy.kernel;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.ManagementFactory;

/** How much memory a device has. */
public final class DeviceMemory {
  private DeviceMemory() {}

  /**
   * Bytes of the device; of the machine for {@code cpu}, and where this JVM cannot see the device,
   * which may belong to another node of a run.
   *
   * @param device {@code cpu}, or {@code cuda:0} and so on
   */
  public static long bytes(String device) {
    if (device.startsWith("cuda:")) {
      int number = Integer.parseInt(device.substring("cuda:".length()));
      try {
        return CudaUtils.getGpuMemory(Device.gpu(number)).getMax();
      } catch (RuntimeException | LinkageError e) {
        return machine();
      }
    }
    return machine();
  }

  private static long machine() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getTotalMemorySize();
  }
}
