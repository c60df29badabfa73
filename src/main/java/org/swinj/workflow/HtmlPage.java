package org.swinj.workflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.swinj.data.AtomicFile;

/** A report as one page for a browser. */
final class HtmlPage {

	private final StringBuilder html = new StringBuilder();

	/** @param style more CSS rules than those of text and tables */
	HtmlPage(final String title, final String style) {
		html.append("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>").append(text(title))
			.append("</title><style>body{font-family:sans-serif;margin:2em;max-width:70em}td,th{" +
				"padding:.3em .8em;text-align:left;border-bottom:1px solid #ccc}").append(style).append(
					"</style></head><body><h1>").append(text(title)).append("</h1>\n");
	}

	HtmlPage add(final String more) {
		html.append(more);
		return this;
	}

	/** Writes the page; a file of this name is replaced only by a complete one. */
	void write(final Path file) throws IOException {
		final byte[] page = (html + "</body></html>\n").getBytes(StandardCharsets.UTF_8);
		AtomicFile.write(file, out -> out.write(page));
	}

	/** Text as it stands in a page. */
	static String text(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"",
			"&quot;");
	}
}
