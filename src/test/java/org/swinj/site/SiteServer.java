package org.swinj.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Serves a folder to this machine alone, as a web server serves an update site. */
public final class SiteServer implements AutoCloseable {

	private final Path root;
	private final HttpServer server;

	/** Takes a free port. */
	public SiteServer(final Path folder) throws IOException {
		root = folder.toAbsolutePath().normalize();
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::answer);
		server.start();
	}

	/** Serves a folder until the process is ended; prints the address. */
	public static void main(final String... args) throws IOException {
		System.out.println(new SiteServer(Path.of(args[0])).address());
	}

	public String address() {
		return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress()
			.getPort() + "/";
	}

	private void answer(final HttpExchange exchange) throws IOException {
		final Path file = root.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
		try (exchange) {
			if (!file.startsWith(root) || !Files.isRegularFile(file)) {
				exchange.sendResponseHeaders(404, -1);
				return;
			}
			exchange.getResponseHeaders().set("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(
				Files.getLastModifiedTime(file).toInstant().atOffset(ZoneOffset.UTC)));
			final boolean head = exchange.getRequestMethod().equals("HEAD");
			exchange.sendResponseHeaders(200, head ? -1 : Files.size(file));
			if (!head) Files.copy(file, exchange.getResponseBody());
		}
	}

	@Override
	public void close() {
		server.stop(0);
	}
}
