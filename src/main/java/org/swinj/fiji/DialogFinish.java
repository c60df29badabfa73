package org.swinj.fiji;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;

/** Makes the next dialog one for another run when a command has come to its end. */
@Plugin(type = PostprocessorPlugin.class)
public final class DialogFinish extends AbstractPostprocessorPlugin {

	@Parameter
	private PrefService prefs;

	@Override
	public void process(final Module module) {
		if (LastValues.concern(module)) new LastValues(prefs).finish(module);
	}
}
