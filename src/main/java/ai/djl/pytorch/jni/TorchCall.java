package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * Calls a method of a TorchScript module with any arguments and with gradients. DJL's own public
 * entry passes either tensors only or runs without autograd; the native method behind both is
 * visible in this package alone.
 */
public final class TorchCall {

	private TorchCall() {}

	/**
	 * Runs one method; whether gradients are recorded follows the calling thread's grad mode.
	 *
	 * @return the result, to be closed by the caller
	 */
	public static IValue run(final PtSymbolBlock module, final String method,
		final IValue... arguments)
	{
		final long[] handles = new long[arguments.length];
		for (int i = 0; i < handles.length; i++)
			handles[i] = arguments[i].getHandle();
		return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, true,
			false));
	}
}
