package org.swinj.backend;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.TorchCall;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.swinj.progress.Progress;

/**
 * The operators of the network that DJL's NDArray lacks or that need another precision or memory
 * layout, as typed calls into {@code operators.torchscript}. Activations run in the precision they
 * were {@linkplain #enter entered} with; weights stay float32 and are cast where they are used, so
 * that their gradients are float32 too. Results belong to the manager of the first tensor.
 */
public final class Operators implements AutoCloseable {

	private final Model model;
	private final PtSymbolBlock module;
	private final Progress progress;

	/**
	 * @param progress asked before every call whether to stop
	 * @throws IOException if libtorch does not accept the operator library
	 */
	Operators(final Engine engine, final Progress progress) throws IOException {
		this.progress = progress;
		model = engine.newModel("operators", engine.defaultDevice());
		try {
			model.load(new ByteArrayInputStream(OperatorArchive.bytes()), Map.of());
			Files.deleteIfExists(model.getModelPath()); // an empty folder that DJL makes for each
		}
		catch (final ai.djl.MalformedModelException e) {
			throw new IOException("libtorch refused the operator library: " + e.getMessage(), e);
		}
		module = (PtSymbolBlock) model.getBlock();
	}

	// ---- entering and leaving the network

	/**
	 * Image (B, C, X, Y, Z) in float32 → compute precision and its memory layout, zero-padded at the
	 * far end to multiples of {@code multiple}.
	 */
	public NDArray enter(final NDArray x, final int multiple, final Precision precision) {
		return one(x, "enter", of(x), IValue.from((long) multiple),
			IValue.from(precision.torchCode()));
	}

	/** Crops (B, C, D', H', W') to the given D, H, W and returns it in float32 or better. */
	public NDArray leave(final NDArray x, final long... size) {
		return one(x, "leave", of(x), IValue.listFrom(size));
	}

	/** (B, C, D, H, W) → (B, D, H, W, C) */
	public NDArray toTokens(final NDArray x) {
		return one(x, "to_tokens", of(x));
	}

	/** (B, D, H, W, C) → (B, C, D, H, W) */
	public NDArray toVolume(final NDArray x) {
		return one(x, "to_volume", of(x));
	}

	/** A feature map (B, C, D, H, W) in the memory layout that {@link #enter} gave the image. */
	public NDArray layout(final NDArray x) {
		return one(x, "layout", of(x));
	}

	// ---- convolutions on (B, C, D, H, W)

	public NDArray conv3d(final NDArray x, final NDArray weight, final int stride,
		final int padding)
	{
		return one(x, "conv3d", of(x), of(weight), IValue.from((long) stride), IValue.from(
			(long) padding));
	}

	public NDArray conv3d(final NDArray x, final NDArray weight, final NDArray bias,
		final int stride, final int padding)
	{
		return one(x, "conv3d_bias", of(x), of(weight), of(bias), IValue.from((long) stride), IValue
			.from((long) padding));
	}

	/** Transposed convolution whose stride equals its kernel. */
	public NDArray convTranspose3d(final NDArray x, final NDArray weight, final int stride) {
		return one(x, "conv_transpose3d", of(x), of(weight), IValue.from((long) stride));
	}

	/** Transposed convolution whose stride equals its kernel, with bias. */
	public NDArray convTranspose3d(final NDArray x, final NDArray weight, final NDArray bias,
		final int stride)
	{
		return one(x, "conv_transpose3d_bias", of(x), of(weight), of(bias), IValue.from(
			(long) stride));
	}

	/**
	 * Per sample and channel: zero mean, unit variance, eps 1e-5, no affine parameters. This and the two
	 * below may overwrite x where no gradients are recorded.
	 */
	public NDArray instanceNorm(final NDArray x) {
		return one(x, "instance_norm", of(x));
	}

	/** {@link #instanceNorm}, then leaky ReLU with slope 0.01. */
	public NDArray instanceNormLeakyRelu(final NDArray x) {
		return one(x, "norm_leaky_relu", of(x));
	}

	/** Leaky ReLU with slope 0.01 of {@link #instanceNorm} of x, plus y. */
	public NDArray instanceNormAddLeakyRelu(final NDArray x, final NDArray y) {
		return one(x, "norm_add_leaky_relu", of(x), of(y));
	}

	/**
	 * An instance norm that no gradient goes through, in the memory of x: y and 1/σ (B, C).
	 *
	 * @param added what is added afterwards, of the shape of x; {@code null} for nothing
	 * @param slope of the leaky ReLU that comes last, 1 for none
	 */
	public List<NDArray> instanceNormApart(final NDArray x, final NDArray added,
		final double slope)
	{
		return added == null ? many(x.getManager(), "norm_apart", of(x), IValue.from(slope)) : many(x
			.getManager(), "norm_add_apart", of(x), of(added), IValue.from(slope));
	}

	/**
	 * Gradients of x and, if there is one, of what was added. Overwrites y and its gradient.
	 *
	 * @param y what {@link #instanceNormApart} gave for the other arguments
	 * @param scales what else it gave
	 * @param gradient of y
	 */
	public List<NDArray> instanceNormBackward(final NDArray y, final NDArray added,
		final NDArray scales, final NDArray gradient, final double slope)
	{
		return added == null ? many(y.getManager(), "norm_backward", of(y), of(scales), of(gradient), IValue
			.from(slope)) : many(y.getManager(), "norm_add_backward", of(y), of(added), of(scales), of(
				gradient), IValue.from(slope));
	}

	/** Concatenates channels: (B, C1, …), (B, C2, …) → (B, C1 + C2, …). */
	public NDArray catChannels(final NDArray x, final NDArray y) {
		return one(x, "cat_channels", of(x), of(y));
	}

	/** Trilinear interpolation to twice the size, corners not aligned. */
	public NDArray upsample2(final NDArray x) {
		return one(x, "upsample2", of(x));
	}

	// ---- tokens (…, C)

	public NDArray linear(final NDArray x, final NDArray weight) {
		return one(x, "linear", of(x), of(weight));
	}

	public NDArray linear(final NDArray x, final NDArray weight, final NDArray bias) {
		return one(x, "linear_bias", of(x), of(weight), of(bias));
	}

	/** Layer normalisation over C with affine parameters, eps 1e-5. */
	public NDArray layerNorm(final NDArray x, final NDArray weight, final NDArray bias) {
		return one(x, "layer_norm", of(x), of(weight), of(bias));
	}

	/** Layer normalisation over C without affine parameters, eps 1e-5. */
	public NDArray layerNorm(final NDArray x) {
		return one(x, "layer_norm_plain", of(x));
	}

	/** GELU with the exact error function. */
	public NDArray gelu(final NDArray x) {
		return one(x, "gelu", of(x));
	}

	public NDArray add(final NDArray x, final NDArray y) {
		return one(x, "add", of(x), of(y));
	}

	/** Stochastic depth of (B, D, H, W, C): each sample is zero with this rate, else scaled up. */
	public NDArray dropPath(final NDArray x, final double rate) {
		return one(x, "drop_path", of(x), IValue.from(rate));
	}

	/**
	 * The eight strided sub-grids of (B, D, H, W, C) side by side: (B, D/2, H/2, W/2, 8C).
	 *
	 * @param offsets start of each sub-grid along (D, H, W), 24 numbers
	 */
	public NDArray mergePatches(final NDArray x, final long[] offsets) {
		return one(x, "merge_patches", of(x), IValue.listFrom(offsets));
	}

	/**
	 * One token of (B, C, D, H, W), counted in d, h, w order, or the mean of all: (B, C), float32 or
	 * better.
	 *
	 * @param index place of the token, negative for the mean
	 */
	public NDArray token(final NDArray x, final int index) {
		return one(x, "token", of(x), IValue.from((long) index));
	}

	// ---- windows

	/** (B, D, H, W, C) → zero-pad to whole windows, roll by −shift → (B·windows, tokens, C). */
	public NDArray partition(final NDArray x, final long[] window, final long[] shift) {
		return one(x, "partition", of(x), IValue.listFrom(window), IValue.listFrom(shift));
	}

	/** Undoes {@link #partition}; {@code size} is (B, D, H, W) before padding. */
	public NDArray unpartition(final NDArray x, final long[] window, final long[] shift,
		final long[] size)
	{
		return one(x, "unpartition", of(x), IValue.listFrom(window), IValue.listFrom(shift), IValue
			.listFrom(size));
	}

	/** Bias (heads, n, n) looked up in the table for the first n tokens of a full window. */
	public NDArray relativePositionBias(final NDArray table, final NDArray index, final int n,
		final NDManager manager)
	{
		try (IValue result = run("relative_position_bias", of(table), of(index), IValue.from(
			(long) n)))
		{
			return result.toTensor((PtNDManager) manager);
		}
	}

	/** softmax(q kᵀ / √d + bias) v of qkv (windows, n, 3·C) → (windows, n, C). */
	public NDArray attention(final NDArray qkv, final NDArray bias, final int heads) {
		return one(qkv, "attention", of(qkv), of(bias), IValue.from((long) heads));
	}

	/**
	 * As above with an additive mask for each window.
	 *
	 * @param masks the distinct masks (kinds, n, n)
	 * @param kinds which of them each window uses, int64 (windows)
	 * @param counts how many windows each of them has
	 */
	public NDArray attention(final NDArray qkv, final NDArray bias, final NDArray masks,
		final NDArray kinds, final long[] counts, final int heads)
	{
		return one(qkv, "attention_masked", of(qkv), of(bias), of(masks), of(kinds), IValue.listFrom(
			counts), IValue.from((long) heads));
	}

	/**
	 * Attention that no gradient goes through, by a faster kernel: y and the logarithms of its sums of
	 * exponentials (windows, heads, n).
	 *
	 * @param masks {@code null} for none, then {@code kinds} and {@code counts} do not matter
	 */
	public List<NDArray> attentionApart(final NDArray qkv, final NDArray bias, final NDArray masks,
		final NDArray kinds, final long[] counts, final int heads)
	{
		return masks == null ? many(qkv.getManager(), "attention_apart", of(qkv), of(bias), IValue.from(
			(long) heads)) : many(qkv.getManager(), "attention_masked_apart", of(qkv), of(bias), of(masks),
				of(kinds), IValue.listFrom(counts), IValue.from((long) heads));
	}

	/**
	 * Gradients of qkv and bias.
	 *
	 * @param y what {@link #attentionApart} gave for the other arguments
	 * @param sums what else it gave
	 * @param gradient of y
	 */
	public List<NDArray> attentionBackward(final NDArray qkv, final NDArray bias,
		final NDArray masks, final NDArray kinds, final long[] counts, final int heads, final NDArray y,
		final NDArray sums, final NDArray gradient)
	{
		return masks == null ? many(qkv.getManager(), "attention_backward", of(qkv), of(bias), of(y), of(
			sums), of(gradient), IValue.from((long) heads)) : many(qkv.getManager(),
				"attention_masked_backward", of(qkv), of(bias), of(masks), of(kinds), IValue.listFrom(counts),
				of(y), of(sums), of(gradient), IValue.from((long) heads));
	}

	// ---- calling

	/** Another handle of the same tensor, in the same manager, that outlives all scopes. */
	public NDArray handle(final NDArray x) {
		try (IValue value = of(x)) {
			final NDArray handle = value.toTensor((PtNDManager) x.getManager());
			NDScope.unregister(handle);
			return handle;
		}
	}

	/** Runs an operator that returns one tensor, which belongs to the manager of {@code owner}. */
	NDArray one(final NDArray owner, final String method, final IValue... arguments) {
		try (IValue result = run(method, arguments)) {
			return result.toTensor((PtNDManager) owner.getManager());
		}
	}

	/** Runs an operator that returns a list of tensors. */
	List<NDArray> many(final NDManager owner, final String method, final IValue... arguments) {
		try (IValue result = run(method, arguments)) {
			final List<NDArray> list = new ArrayList<>();
			for (final NDArray array : result.toTensorArray((PtNDManager) owner))
				list.add(array);
			return list;
		}
	}

	/** Runs any operator and closes its arguments; the result is the caller's to close. */
	IValue run(final String method, final IValue... arguments) {
		try {
			progress.checkCancelled();
			return TorchCall.run(module, method, arguments);
		}
		finally {
			for (final IValue argument : arguments)
				argument.close();
		}
	}

	static IValue of(final NDArray array) {
		return IValue.from((PtNDArray) array);
	}

	static IValue of(final List<NDArray> arrays) {
		return IValue.listFrom(arrays.toArray(new PtNDArray[0]));
	}

	@Override
	public void close() {
		model.close();
	}

	/**
	 * Gives back to the system what was freed: the small blocks of a part that is over serve no larger ones.
	 * What comes next gets new pages, which takes 0.1 s for half a gigabyte.
	 */
	public void giveBack() {
		NativeMemory.trim();
	}
}
