package org.swinj.data;

/** Voxel types of NIfTI that hold one real number (NIfTI-1 specification, field datatype). */
public enum NiftiType {

	UINT8(2, VoxelType.UINT8),
	INT16(4, VoxelType.INT16),
	INT32(8, VoxelType.INT32),
	FLOAT32(16, VoxelType.FLOAT32),
	FLOAT64(64, VoxelType.FLOAT64),
	INT8(256, VoxelType.INT8),
	UINT16(512, VoxelType.UINT16),
	UINT32(768, VoxelType.UINT32),
	INT64(1024, VoxelType.INT64),
	UINT64(1280, VoxelType.UINT64);

	private final int code;
	private final VoxelType voxels;

	NiftiType(final int code, final VoxelType voxels) {
		this.code = code;
		this.voxels = voxels;
	}

	/** The number in the header. */
	int code() {
		return code;
	}

	/** How a voxel is stored. */
	VoxelType voxels() {
		return voxels;
	}

	/**
	 * @param file name for messages
	 * @throws FormatException for types that are not one real number a voxel
	 */
	static NiftiType of(final int code, final String file) throws FormatException {
		for (final NiftiType type : values())
			if (type.code == code) return type;
		final String start = "Volume \"" + file + "\" holds ";
		switch (code) {
			case 128, 2304:
				throw new FormatException(start + "RGB colours (NIfTI data type " + code
					+ "): convert it to grey levels or separate channels first.");
			case 32, 1792, 2048:
				throw new FormatException(start + "complex numbers (NIfTI data type " + code
					+ "): convert it to magnitudes first.");
			default:
				throw new FormatException(start + "voxels of NIfTI data type " + code
					+ ", which is not an integer of 8 to 64 bits or a float of 32 or 64 bits.");
		}
	}
}
