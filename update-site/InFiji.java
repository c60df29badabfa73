import java.awt.GraphicsEnvironment;
import java.nio.file.Path;

import org.scijava.Context;
import org.scijava.menu.MenuService;
import org.scijava.menu.ShadowMenu;
import org.scijava.script.ScriptService;
import org.scijava.ui.UIService;

/** Starts a Fiji, with its window if there is a display, prints SwinJ's menu, and runs macros. */
public final class InFiji {

	private InFiji() {}

	/** Arguments: macro files. */
	public static void main(final String... args) throws Exception {
		final Context context = new Context();
		print(context.service(MenuService.class).getMenu(), false);
		if (!GraphicsEnvironment.isHeadless()) context.service(UIService.class).showUI();
		for (final String macro : args)
			context.service(ScriptService.class).run(Path.of(macro).toFile(), true).get();
		context.dispose();
		System.exit(0);
	}

	private static void print(final ShadowMenu menu, final boolean inside) {
		for (final ShadowMenu entry : menu.getChildren()) {
			final boolean swinj = inside || "SwinJ".equals(entry.getName());
			if (inside && entry.isLeaf()) System.out.println("menu   Plugins > SwinJ > " + entry.getName());
			print(entry, swinj);
		}
	}
}
