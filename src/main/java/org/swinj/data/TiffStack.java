package org.swinj.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/**
 * The planes of an open TIFF as ImageJ knows them: 8 bits, 16 bits (signed ones moved up by 32768),
 * and everything else as 32-bit float.
 */
final class TiffStack extends VirtualStack {

	private final TiffFile file;
	private final TiffPage kind;

	TiffStack(final TiffFile file) {
		super(file.pages().get(0).width(), file.pages().get(0).height(), file.pages().size());
		this.file = file;
		kind = file.pages().get(0);
		setBitDepth(kind.format() == 1 && kind.bits() == 8 ? 8 : isShort() ? 16 : 32);
	}

	/** Whether stored values are 32768 below those of the stack. */
	boolean isSigned16() {
		return isShort() && kind.format() == 2;
	}

	private boolean isShort() {
		return kind.format() < 3 && kind.bits() == 16;
	}

	@Override
	public int getSize() {
		return file.pages().size();
	}

	@Override
	public int size() {
		return getSize();
	}

	@Override
	public int getWidth() {
		return kind.width();
	}

	@Override
	public int getHeight() {
		return kind.height();
	}

	@Override
	public String getSliceLabel(final int n) {
		return null;
	}

	/** @throws UncheckedIOException if the plane is damaged */
	@Override
	public ImageProcessor getProcessor(final int n) {
		final ByteBuffer plane;
		try {
			plane = file.plane(n - 1);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		final int width = kind.width(), height = kind.height();
		if (getBitDepth() == 8) return new ByteProcessor(width, height, plane.array());
		if (getBitDepth() == 16) {
			final short[] pixels = new short[width * height];
			plane.asShortBuffer().get(pixels);
			if (isSigned16()) for (int i = 0; i < pixels.length; i++)
				pixels[i] += (short) 0x8000;
			return new ShortProcessor(width, height, pixels, null);
		}
		final float[] pixels = new float[width * height];
		type().decode(plane, pixels, 0, 1, 0);
		return new FloatProcessor(width, height, pixels);
	}

	/** How the file stores a voxel. */
	private VoxelType type() {
		if (kind.format() == 3) return kind.bits() == 32 ? VoxelType.FLOAT32 : VoxelType.FLOAT64;
		final boolean signed = kind.format() == 2;
		return switch (kind.bits()) {
			case 8 -> VoxelType.INT8;
			case 32 -> signed ? VoxelType.INT32 : VoxelType.UINT32;
			default -> signed ? VoxelType.INT64 : VoxelType.UINT64;
		};
	}
}
