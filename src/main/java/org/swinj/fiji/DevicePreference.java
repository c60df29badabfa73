package org.swinj.fiji;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;

/** The device that SwinJ's dialogs begin with, where people look for it. Macros do not depend on it. */
@Plugin(type = Command.class, menu = { @Menu(label = "Edit"), @Menu(label = "Options"), @Menu(
	label = "SwinJ...", weight = 90) })
public final class DevicePreference extends ContextCommand {

	private static final String COMMANDS = "org.swinj.command.";
	private static final String DEVICE = "device";

	@Parameter(visibility = ItemVisibility.MESSAGE, persist = false, required = false)
	private String meaning = "All dialogs of SwinJ begin with this device. A macro that names none has auto.";
	@Parameter(label = "Device", persist = false, style = DeviceWidget.DEVICE,
		description = "auto, cpu, gpu, gpu1 or mps")
	private String device = "auto";
	@Parameter
	private CommandService commands;
	@Parameter
	private PrefService prefs;

	@Override
	public void run() {
		begin(device, commands, prefs);
	}

	/** Lets the dialogs of all commands that have a device begin with this one. */
	static void begin(final String device, final CommandService commands, final PrefService prefs) {
		for (final CommandInfo each : commands.getCommands()) {
			if (!each.getDelegateClassName().startsWith(COMMANDS) || each.getInput(DEVICE) == null) continue;
			try {
				prefs.put(each.loadDelegateClass(), DEVICE, device);
			}
			catch (final ClassNotFoundException e) {
				throw new IllegalStateException(e);
			}
		}
	}
}
