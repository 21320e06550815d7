package dev.parley.tools.mcp;

import static java.util.Objects.requireNonNull;

import dev.parley.tools.outgoing.Refused;
import dev.parley.tools.outgoing.Target;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server of tools that the configuration names ({@code parley.mcp.servers.NAME.*}).
 *
 * @param name what tool groups and requests know it by
 * @param url where it is; or else
 * @param command what is started, with
 * @param args its arguments and
 * @param env its environment
 * @param transport how it speaks over HTTP
 * @param headers that go with every request to it; never printed
 */
@Context // read at the start, so that mistakes are known then
@EachProperty("parley.mcp.servers")
record McpServerSettings(
        @Parameter String name,
        Optional<String> url,
        Optional<String> command,
        Optional<List<String>> args,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> env,

        @Bindable(defaultValue = "auto") Transport transport,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> headers) {

    /** How a server speaks over HTTP. */
    enum Transport {
        /** Streamable HTTP, and where the server does not know it, the stream of events of before. */
        AUTO,
        STREAMABLE_HTTP,
        SSE
    }

    McpServerSettings {
        requireNonNull(name, "name");
        requireNonNull(url, "url");
        requireNonNull(command, "command");
        requireNonNull(args, "args");
        env = Map.copyOf(env);
        requireNonNull(transport, "transport");
        headers = Map.copyOf(headers);
        if (url.isPresent() == command.isPresent()) {
            throw mistake(name, "has either a url or a command");
        }
        if (command.isPresent() && !(headers.isEmpty() && transport == Transport.AUTO)) {
            throw mistake(name, "is a command, and has neither headers nor a transport");
        }
        if (url.isPresent() && !(env.isEmpty() && args.isEmpty())) {
            throw mistake(name, "has a url, and neither args nor env");
        }
        url.ifPresent(text -> target(name, text));
        Headers.check(headers).ifPresent(wrong -> {
            throw mistake(name, "can't send the header " + wrong);
        });
    }

    /** Where it is; empty for a command. */
    Optional<Target> target() {
        return url.map(text -> target(name, text));
    }

    private static Target target(String name, String url) {
        try {
            return Target.parse(url);
        } catch (Refused wrong) {
            throw new ConfigurationException("parley.mcp.servers.%s.url: %s".formatted(name, wrong.explanation()));
        }
    }

    private static ConfigurationException mistake(String name, String what) {
        return new ConfigurationException("parley.mcp.servers.%s: the server %s".formatted(name, what));
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "parley.mcp.servers." + name;
    }
}
