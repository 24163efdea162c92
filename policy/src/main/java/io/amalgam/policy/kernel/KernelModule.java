package io.amalgam.policy.kernel;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The compiled kernels on one device; one per device and process. Safe for calls from any thread:
 * what libtorch keeps per thread is set before each call.
 */
final class KernelModule {
  static final int F32 = 6;
  static final int F64 = 7;
  static final int BF16 = 15;

  private static final Map<String, KernelModule> MODULES = new ConcurrentHashMap<>();

  /** The threads whose graph executor is set up. */
  private static final ThreadLocal<boolean[]> PREPARED =
      ThreadLocal.withInitial(() -> new boolean[1]);

  private final PtNDManager manager;
  private final PtSymbolBlock block;
  private final String device;
  private final boolean onCpu;

  private KernelModule(String device) {
    this.device = device;
    Engine.getEngine("PyTorch");
    onCpu = device.equals("cpu");
    Device where =
        onCpu ? Device.cpu() : Device.gpu(Integer.parseInt(device.substring("cuda:".length())));
    manager = (PtNDManager) NDManager.newBaseManager(where, "PyTorch");
    prepare(1);
    try {
      block = JniUtils.loadModule(manager, KernelArchive.open(), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kernels on {@code cpu} or {@code cuda:<number>}, compiled at the first call. */
  static KernelModule on(String device) {
    return MODULES.computeIfAbsent(device, KernelModule::new);
  }

  String device() {
    return device;
  }

  PtNDManager manager() {
    return manager;
  }

  boolean onCpu() {
    return onCpu;
  }

  /** Calls a method with that many operator threads; the caller closes the result. */
  IValue call(int threads, String method, IValue... arguments) {
    prepare(threads);
    return IValueUtils.runMethod(block, method, arguments);
  }

  /** Calls a method that returns a tensor; the caller closes it. */
  PtNDArray tensor(int threads, String method, IValue... arguments) {
    try (IValue result = call(threads, method, arguments)) {
      return result.toTensor(manager);
    }
  }

  /** Calls a method for its effect. */
  void run(int threads, String method, IValue... arguments) {
    call(threads, method, arguments).close();
  }

  private static void prepare(int threads) {
    boolean[] prepared = PREPARED.get();
    if (!prepared[0]) {
      // a profiling executor would specialise the graph again for every new length
      JniUtils.setGraphExecutorOptimize(false);
      prepared[0] = true;
    }
    // set at each call: a thread's first parallel operator takes over what any thread set last
    JniUtils.setNumThreads(threads);
  }
}
