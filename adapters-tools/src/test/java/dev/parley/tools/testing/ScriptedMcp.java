package dev.parley.tools.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.tools.testing.ScriptedServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of tools over streamable HTTP that does what a test tells it to, be it against all rules. At {@code /mcp} it
 * speaks streamable HTTP, at {@code /sse} the stream of events of before.
 */
public final class ScriptedMcp implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What is done with a request instead of what a server does. */
    @FunctionalInterface
    public interface Trick {
        /** @param id of the request as JSON; empty for what is not to be answered */
        void play(String id, JsonNode params, Answer answer) throws IOException;
    }

    private final ScriptedServer server = new ScriptedServer(this::handle);
    private final Map<String, Trick> tricks = new ConcurrentHashMap<>();
    private final Map<String, String> results = new ConcurrentHashMap<>();
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final Set<OutputStream> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessionCount = new AtomicInteger();
    private final Map<String, OutputStream> older = new ConcurrentHashMap<>();

    private volatile List<String> tools = List.of(tool("echo", "{}"), tool("fail", "{}"));
    private volatile boolean tellsOfChanges;
    private volatile boolean answersInEvents;
    private volatile boolean streamable = true;

    public ScriptedMcp() {
        results.put("echo", "{\"content\":[{\"type\":\"text\",\"text\":\"echoed\"}]}");
        results.put("fail", "{\"content\":[{\"type\":\"text\",\"text\":\"no such page\"}],\"isError\":true}");
    }

    public int port() {
        return server.port();
    }

    public String url() {
        return server.url("/mcp");
    }

    public String sseUrl() {
        return server.url("/sse");
    }

    public ScriptedServer server() {
        return server;
    }

    /** A tool as it is listed. */
    public static String tool(String name, String annotations) {
        return """
            {"name":"%s","description":"What %s does","inputSchema":{"type":"object","properties":{"text":{"type":"string"}}},"annotations":%s}\
            """.formatted(name, name, annotations);
    }

    /** Has the server have these tools, and tell those who listen. */
    public void changeTools(String... listed) throws IOException {
        tools = List.of(listed);
        for (OutputStream listener : listeners) {
            event(listener, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        }
    }

    /** Has a tool bring this result. */
    public ScriptedMcp result(String tool, String json) {
        results.put(tool, json);
        return this;
    }

    /** Has something else done with requests and notifications of a method, or with the farewell ({@code DELETE}). */
    public ScriptedMcp trick(String method, Trick trick) {
        tricks.put(method, trick);
        return this;
    }

    public void honest(String method) {
        tricks.remove(method);
    }

    public ScriptedMcp tellingOfChanges() {
        tellsOfChanges = true;
        return this;
    }

    public ScriptedMcp answeringInEvents() {
        answersInEvents = true;
        return this;
    }

    /** Has it know nothing of streamable HTTP. */
    public ScriptedMcp older() {
        streamable = false;
        return this;
    }

    /** Has it refuse all sessions that there are, as after a restart. */
    public void forgetSessions() {
        sessions.clear();
    }

    /** How many requests and notifications of a method have come. */
    public long count(String method) {
        return messages.stream()
                .filter(message -> message.path("method").asString("").equals(method))
                .count();
    }

    /** The parameters of those. */
    public List<JsonNode> params(String method) {
        return messages.stream()
                .filter(message -> message.path("method").asString("").equals(method))
                .map(message -> message.path("params"))
                .toList();
    }

    /** How many listen to what it says by itself. */
    public int listeners() {
        return listeners.size();
    }

    /** How many are connected with the protocol of before. */
    public int olderListeners() {
        return older.size();
    }

    /** Ends the streams of those who listen. */
    public void hangUpOnListeners() throws IOException {
        for (OutputStream listener : listeners) {
            listener.close();
        }
        for (OutputStream listener : older.values()) {
            listener.close();
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(Request request, Answer answer) throws IOException {
        String path = request.path().split("\\?", 2)[0];
        switch (request.method() + ' ' + path) {
            case "GET /sse" -> listenTheOldWay(answer);
            case "POST /messages" -> message(request, answer, request.path());
            case "GET /mcp" -> listen(answer);
            case "DELETE /mcp" -> {
                sessions.remove(request.header("mcp-session-id"));
                Trick trick = tricks.getOrDefault("DELETE", (_, _, plain) -> plain.send(200, "text/plain", ""));
                trick.play("", JSON.missingNode(), answer);
            }
            case "POST /mcp" -> {
                if (streamable) {
                    message(request, answer, "");
                } else {
                    answer.send(404, "text/html", "<p>nothing here");
                }
            }
            default -> answer.send(404, "text/html", "<p>nothing here");
        }
    }

    private void message(Request request, Answer answer, String olderPath) throws IOException {
        JsonNode message = JSON.readTree(request.body());
        messages.add(message);
        String method = message.path("method").asString("");
        String session = request.header("mcp-session-id");
        if (!session.isEmpty() && !sessions.contains(session)) {
            answer.send(404, "application/json", "{\"error\":\"no such session\"}");
            return;
        }
        String id = message.path("id").toString();
        Trick trick = tricks.get(method);
        if (trick != null) {
            trick.play(id, message.path("params"), answer);
            return;
        }
        if (!message.has("id") || !message.has("method")) {
            answer.send(202, "text/plain", "");
            return;
        }
        String response = answered(id, result(method, message.path("params")));
        if (!olderPath.isEmpty()) {
            answer.send(202, "text/plain", "Accepted");
            OutputStream out = older.get(olderPath);
            if (out != null) {
                event(out, response);
            }
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (method.equals("initialize")) {
            String fresh = "session-" + sessionCount.incrementAndGet();
            sessions.add(fresh);
            headers.put("Mcp-Session-Id", fresh);
        }
        if (answersInEvents) {
            OutputStream out = answer.events(headers);
            event(
                    out,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1}}");
            event(out, response);
            out.close();
        } else {
            headers.put("Content-Type", "application/json; charset=utf-8");
            answer.send(200, headers, response.getBytes(UTF_8));
        }
    }

    /** A response with this result. */
    public static String answered(String id, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, result);
    }

    private String result(String method, JsonNode params) {
        return switch (method) {
            case "initialize" -> """
                {"protocolVersion":"%s","capabilities":{"tools":{"listChanged":%s}},"serverInfo":{"name":"scripted","version":"1"}}\
                """.formatted(params.path("protocolVersion").asString(""), tellsOfChanges);
            case "tools/list" -> "{\"tools\":[%s]}".formatted(String.join(",", tools));
            case "tools/call" ->
                results.getOrDefault(
                        params.path("name").asString(""),
                        "{\"content\":[{\"type\":\"text\",\"text\":\"there is no such tool\"}],\"isError\":true}");
            default -> "{}";
        };
    }

    private void listen(Answer answer) throws IOException {
        if (!tellsOfChanges) {
            answer.send(405, "text/plain", "");
            return;
        }
        OutputStream out = answer.events(Map.of());
        listeners.add(out);
        try {
            answer.awaitClosed();
        } finally {
            listeners.remove(out);
        }
    }

    private void listenTheOldWay(Answer answer) throws IOException {
        OutputStream out = answer.events(Map.of());
        String path = "/messages?session=" + sessionCount.incrementAndGet();
        older.put(path, out);
        out.write("event: endpoint\ndata: %s\n\n".formatted(path).getBytes(UTF_8));
        try {
            answer.awaitClosed();
        } finally {
            older.remove(path);
        }
    }

    /** Sends an event with a message. */
    public static void event(OutputStream out, String json) throws IOException {
        out.write("event: message\ndata: %s\n\n".formatted(json).getBytes(UTF_8));
        out.flush();
    }
}
