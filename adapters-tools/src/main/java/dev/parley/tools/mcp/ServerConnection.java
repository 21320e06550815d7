package dev.parley.tools.mcp;

import dev.parley.application.port.Cancellation;
import dev.parley.tools.mcp.wire.Ask;
import dev.parley.tools.mcp.wire.Threads;
import dev.parley.tools.mcp.wire.Wire;
import dev.parley.tools.mcp.wire.WireFailed;
import dev.parley.tools.mcp.wire.WireFailed.Kind;
import dev.parley.tools.outgoing.Watch;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server of tools with which the protocol has been agreed on. Blocking; used by several threads at a time. */
final class ServerConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private static final int MOST_PAGES = 100;
    private static final int MOST_TOOLS = 2000;

    /** Our own limits come first; this one is for what nobody has thought of. */
    private static final Duration BEYOND = Duration.ofSeconds(30);

    private final Wire wire;
    private final Threads threads;
    private final McpSettings settings;
    private final BlockingTransport transport;
    private final McpSyncClient client;
    private Optional<String> version = Optional.empty();
    private boolean hasTools;
    private boolean tellsOfChanges;

    private ServerConnection(Wire wire, Threads threads, McpSettings settings, McpJsonMapper json, Runnable changed) {
        this.wire = wire;
        this.threads = threads;
        this.settings = settings;
        this.transport = new BlockingTransport(wire, json, changed);
        this.client = McpClient.sync(transport)
                .requestTimeout(
                        settings.callTimeout().plus(settings.connectTimeout()).plus(BEYOND))
                .initializationTimeout(settings.connectTimeout().plus(BEYOND))
                .clientInfo(Implementation.builder("parley", "0.1").build())
                .build();
    }

    /**
     * Opens the wire and agrees on the protocol.
     *
     * @param changed is run when the server's tools have changed
     * @throws ServerFailed when that does not succeed in time; the wire is closed then
     */
    static ServerConnection open(Wire wire, Threads threads, McpSettings settings, McpJsonMapper json, Runnable changed)
            throws ServerFailed {
        ServerConnection connection = new ServerConnection(wire, threads, settings, json, changed);
        boolean agreed = false;
        try {
            wire.open(connection.transport);
            connection.agree();
            agreed = true;
            return connection;
        } catch (WireFailed failed) {
            throw ServerFailed.of(failed);
        } finally {
            if (!agreed) {
                connection.close();
            }
        }
    }

    private void agree() throws ServerFailed {
        InitializeResult result = within(settings.connectTimeout(), new Cancellation(), false, client::initialize);
        McpSchema.ServerCapabilities.ToolCapabilities tools =
                result.capabilities() == null ? null : result.capabilities().tools();
        hasTools = tools != null;
        tellsOfChanges = tools != null && Boolean.TRUE.equals(tools.listChanged());
        version = Optional.of(result.protocolVersion());
        wire.agreed(result.protocolVersion(), tellsOfChanges);
    }

    /**
     * All its tools, page by page.
     *
     * @throws ServerFailed when it can't say, says too much, or says two of one name
     */
    List<Tool> tools() throws ServerFailed {
        List<Tool> tools = new ArrayList<>();
        if (!hasTools) {
            return tools;
        }
        @Nullable String cursor = McpSchema.FIRST_PAGE;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            @Nullable String from = cursor;
            ListToolsResult page =
                    within(settings.connectTimeout(), new Cancellation(), true, () -> client.listTools(from));
            tools.addAll(page.tools() == null ? List.of() : page.tools());
            cursor = page.nextCursor();
            if (cursor == null || cursor.isEmpty()) {
                return tools;
            }
            if (tools.size() > MOST_TOOLS) {
                break;
            }
        }
        throw ServerFailed.of(WireFailed.of(
                Kind.GARBAGE, "it lists more than %d tools or %d pages".formatted(MOST_TOOLS, MOST_PAGES)));
    }

    /** Runs one call and blocks until it is done; the server is told when nobody waits for it any more. */
    CallToolResult call(String tool, Map<String, Object> arguments, Cancellation cancellation) throws ServerFailed {
        CallToolRequest request =
                CallToolRequest.builder(tool).arguments(arguments).build();
        return within(settings.callTimeout(), cancellation, true, () -> client.callTool(request));
    }

    /** Whether what was listed at that time, by {@link System#nanoTime}, would have been told to be old by now. */
    boolean hasListenedSince(long time) {
        OptionalLong since = wire.listeningSince();
        return tellsOfChanges && since.isPresent() && since.getAsLong() - time <= 0;
    }

    boolean isOpen() {
        return wire.isOpen();
    }

    @Override
    public void close() {
        client.close();
        wire.close();
    }

    private <T> T within(
            Duration limit,
            Cancellation cancellation,
            boolean mayBeCalledOff,
            ScopedValue.CallableOp<T, RuntimeException> work)
            throws ServerFailed {
        Ask ask = new Ask();
        WireFailed tooLate = WireFailed.of(Kind.TIMEOUT, "it did not answer within %d ms".formatted(limit.toMillis()));
        WireFailed calledOff = WireFailed.of(Kind.CALLED_OFF, "the call was called off");
        try (Watch _ = new Watch(limit, () -> giveUp(ask, tooLate, mayBeCalledOff));
                Cancellation.Registration _ = cancellation.onRequest(
                        () -> threads.start("mcp-called-off", () -> giveUp(ask, calledOff, mayBeCalledOff)))) {
            T result = ScopedValue.where(BlockingTransport.ASKING, ask).call(work);
            if (result == null) {
                throw ServerFailed.of(WireFailed.of(Kind.GARBAGE, "it answered with nothing"));
            }
            return result;
        } catch (RuntimeException failure) {
            throw told(failure, ask);
        }
    }

    private void giveUp(Ask ask, WireFailed why, boolean mayBeCalledOff) {
        ask.giveUp(why);
        if (mayBeCalledOff && wire.isOpen()) {
            ask.requestId().ifPresent(id -> transport.tellCalledOff(id, version));
        }
    }

    private static ServerFailed told(RuntimeException failure, Ask ask) {
        if (ask.end().isPresent()) {
            return ServerFailed.of(ask.end().get());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WireFailed known) {
                return ServerFailed.of(known);
            }
            if (cause instanceof McpError error && error.getJsonRpcError() != null) {
                return ServerFailed.refusal(error.getJsonRpcError());
            }
        }
        LOG.info("an MCP server's answer could not be read", failure);
        return ServerFailed.of(WireFailed.of(Kind.GARBAGE, "its answer could not be read"));
    }
}
