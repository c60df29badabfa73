package org.swinj.fiji;

import org.scijava.module.Module;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.widget.InputHarvester;

/** Remembers what a dialog had when it was closed with OK. */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY - 1)
public final class DialogKeep extends AbstractPreprocessorPlugin {

	@Parameter
	private PrefService prefs;

	@Override
	public void process(final Module module) {
		if (LastValues.concern(module)) new LastValues(prefs).keep(module);
	}
}
