package org.swinj.inference;

/** Another look at a volume of the same size and channels. */
public abstract class SourceView implements WindowSource {

	/** What is looked at. */
	protected final WindowSource source;

	protected SourceView(final WindowSource source) {
		this.source = source;
	}

	@Override
	public final long[] size() {
		return source.size();
	}

	@Override
	public final int channels() {
		return source.channels();
	}
}
