package dev.parley.tools.mcp;

import dev.parley.tools.mcp.wire.Ask;
import dev.parley.tools.mcp.wire.Outbound;
import dev.parley.tools.mcp.wire.Receiver;
import dev.parley.tools.mcp.wire.Wire;
import dev.parley.tools.mcp.wire.WireFailed;
import dev.parley.tools.mcp.wire.WireFailed.Kind;
import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The SDK's client over a wire of ours. The SDK's interface is reactive, and this is the only class that knows of it: what it
 * subscribes to is done then and there, on the thread that asks.
 */
final class BlockingTransport implements McpClientTransport, Receiver {

    /** What the thread that asks something of the SDK's client has in hand to give it up. */
    static final ScopedValue<Ask> ASKING = ScopedValue.newInstance();

    private static final Logger LOG = LoggerFactory.getLogger(BlockingTransport.class);

    /** JSON-RPC leaves it to implementations. */
    private static final int CONNECTION_CLOSED = -32_000;

    private final Wire wire;
    private final McpJsonMapper json;
    private final Runnable changed;

    /** Whoever takes a request out of here is the one to tell the SDK how it has ended. */
    private final Map<String, Ask> pending = new ConcurrentHashMap<>();

    @Nullable
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler;

    /** @param changed is run when the server has other tools than before, or may have */
    BlockingTransport(Wire wire, McpJsonMapper json, Runnable changed) {
        this.wire = wire;
        this.json = json;
        this.changed = changed;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> incoming) {
        handler = incoming;
        return Mono.empty();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.deferContextual(context -> {
            Optional<String> version = context.getOrEmpty(McpAsyncClient.NEGOTIATED_PROTOCOL_VERSION);
            Optional<String> id = message instanceof JSONRPCRequest request
                    ? Optional.of(String.valueOf(request.id()))
                    : Optional.empty();
            Ask ask = id.isPresent() && ASKING.isBound() ? ASKING.get() : new Ask();
            try {
                byte[] bytes = json.writeValueAsBytes(message);
                id.ifPresent(known -> pending.put(known, ask));
                id.ifPresent(ask::sentAs);
                wire.send(new Outbound(id, version, bytes), ask);
            } catch (IOException failed) {
                if (id.isEmpty() || pending.remove(id.get()) != null) {
                    return Mono.error(failed);
                }
            }
            return Mono.empty();
        });
    }

    /** Tells the server that nobody waits any more for what it was asked. Best effort. */
    void tellCalledOff(String requestId, Optional<String> version) {
        try {
            JSONRPCNotification notice = new JSONRPCNotification(
                    "notifications/cancelled",
                    Map.of("requestId", requestId, "reason", "the caller does not wait any more"));
            wire.send(new Outbound(Optional.empty(), version, json.writeValueAsBytes(notice)), new Ask());
        } catch (IOException unheard) {
            LOG.debug("the MCP server could not be told that a call is called off", unheard);
        }
    }

    @Override
    public Optional<String> received(String text) throws WireFailed {
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, text);
        } catch (IOException | RuntimeException unreadable) {
            LOG.debug("the MCP server sent what is no message", unreadable);
            throw WireFailed.of(Kind.GARBAGE, "it sent something that is no message of the protocol");
        }
        return switch (message) {
            case JSONRPCResponse response -> {
                String id = String.valueOf(response.id());
                if (pending.remove(id) != null) {
                    handOver(response);
                }
                yield Optional.of(id);
            }
            case JSONRPCNotification notification -> {
                if (notification.method().equals(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED)) {
                    changed.run();
                }
                yield Optional.empty();
            }
            default -> {
                handOver(message); // a request, which the SDK answers
                yield Optional.empty();
            }
        };
    }

    @Override
    public void unanswered(String requestId, WireFailed why) {
        Ask ask = pending.remove(requestId);
        if (ask != null) {
            ask.giveUp(why);
            handOver(
                    JSONRPCResponse.error(requestId, new JSONRPCResponse.JSONRPCError(CONNECTION_CLOSED, why.words())));
        }
    }

    @Override
    public void ended(WireFailed why) {
        pending.keySet().forEach(id -> unanswered(id, why));
    }

    @Override
    public void missedNotices() {
        changed.run();
    }

    private void handOver(JSONRPCMessage message) {
        Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> known = handler;
        if (known != null) {
            known.apply(Mono.just(message))
                    .subscribe(_ -> {}, mistake -> LOG.warn("the MCP client could not take a message", mistake));
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(wire::close);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(
                ProtocolVersions.MCP_2024_11_05,
                ProtocolVersions.MCP_2025_03_26,
                ProtocolVersions.MCP_2025_06_18,
                ProtocolVersions.MCP_2025_11_25);
    }
}
