package org.swinj.fiji;

import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.dnd.DnDConstants;
import java.awt.dnd.DropTargetAdapter;
import java.awt.dnd.DropTargetDropEvent;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Files and folders dropped on a component; the first one counts. */
final class FileDrop extends DropTargetAdapter {

	private final Consumer<File> receiver;

	FileDrop(final Consumer<File> receiver) {
		this.receiver = receiver;
	}

	@Override
	public void drop(final DropTargetDropEvent event) {
		if (!event.isDataFlavorSupported(DataFlavor.javaFileListFlavor)) {
			event.rejectDrop();
			return;
		}
		event.acceptDrop(DnDConstants.ACTION_COPY);
		try {
			final List<?> files = (List<?>) event.getTransferable().getTransferData(
				DataFlavor.javaFileListFlavor);
			if (!files.isEmpty()) receiver.accept((File) files.get(0));
			event.dropComplete(!files.isEmpty());
		}
		catch (final UnsupportedFlavorException e) {
			event.dropComplete(false);
		}
		catch (final IOException e) {
			event.dropComplete(false);
			throw new UncheckedIOException(e);
		}
	}
}
