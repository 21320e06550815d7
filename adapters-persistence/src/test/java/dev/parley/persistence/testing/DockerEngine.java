package dev.parley.persistence.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Tells whether a Docker engine answers: asked by hand, since Testcontainers takes seconds and a page of log to find out. */
final class DockerEngine {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final byte[] PING =
            "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private DockerEngine() {}

    static boolean answers(Map<String, String> environment) {
        return address(environment).filter(DockerEngine::answersAt).isPresent();
    }

    private static Optional<SocketAddress> address(Map<String, String> environment) {
        Optional<URI> named =
                Optional.ofNullable(environment.get("DOCKER_HOST")).map(URI::create);
        if (named.isPresent()) {
            URI host = named.get();
            return switch (String.valueOf(host.getScheme())) {
                case "unix" -> Optional.of(UnixDomainSocketAddress.of(host.getPath()));
                case "tcp" -> Optional.of(new InetSocketAddress(host.getHost(), host.getPort()));
                default -> Optional.empty();
            };
        }
        Path home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                        Optional.ofNullable(environment.get("XDG_RUNTIME_DIR")).map(Path::of).stream(),
                        Stream.of(Path.of("/var/run"), home.resolve(".docker/run"), home.resolve(".docker/desktop")))
                .map(folder -> folder.resolve("docker.sock"))
                .filter(Files::exists)
                .findFirst()
                .map(UnixDomainSocketAddress::of);
    }

    private static boolean answersAt(SocketAddress address) {
        try (SocketChannel channel = open(address)) {
            // Such channels know no timeout of their own; closing this one ends a read that hangs.
            CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(
                    () -> isGood(channel, address), task -> Thread.ofVirtual().start(task));
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private static boolean isGood(SocketChannel channel, SocketAddress address) {
        try {
            channel.connect(address);
            channel.write(ByteBuffer.wrap(PING));
            ByteBuffer answer = ByteBuffer.allocate("HTTP/1.1 200".length());
            while (answer.hasRemaining() && channel.read(answer) >= 0) {}
            return new String(answer.array(), StandardCharsets.US_ASCII).matches("HTTP/1\\.\\d 200");
        } catch (IOException _) {
            return false;
        }
    }
}
