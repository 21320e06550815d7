package dev.parley.bootstrap.endtoend;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** A session with an agent of its own, on a server that may be another process from one request to the next. */
record Conversation(URI server, String agent, String session) {

    static Conversation begin(URI server, String... toolgroups) {
        String agent = Http.json(Http.post(
                        server.resolve("/v1/agents"),
                        Map.of(
                                "agent_config",
                                Map.of(
                                        "model",
                                        "scripted-model",
                                        "instructions",
                                        "Be helpful.",
                                        "toolgroups",
                                        List.of(toolgroups)))))
                .text("agent_id");
        String session = Http.json(Http.post(
                        server.resolve("/v1/agents/" + agent + "/session"), Map.of("session_name", "a session")))
                .text("session_id");
        return new Conversation(server, agent, session);
    }

    /** The same session on a server that was started again. */
    Conversation at(URI other) {
        return new Conversation(other, agent, session);
    }

    /** Begins a turn that is not streamed; blocks until it is answered, in whatever way. */
    HttpResponse<String> post(String text) {
        return Http.post(path("/turn"), turn(text, false));
    }

    /** The same with these headers. */
    HttpResponse<String> post(String text, Map<String, String> headers) {
        return Http.post(path("/turn"), turn(text, false), headers);
    }

    /** A whole turn: what the model said in the end. */
    String ask(String text) {
        return Http.json(post(text)).text("output_message", "content");
    }

    /** Begins a streamed turn. */
    Telling tell(String text) {
        return new Telling(Http.postForLines(path("/turn"), turn(text, true)));
    }

    /** The turns so far. */
    List<Json> turns() {
        return Http.json(Http.get(path(""))).items("turns");
    }

    private URI path(String rest) {
        return server.resolve("/v1/agents/" + agent + "/session/" + session + rest);
    }

    private static Map<String, Object> turn(String text, boolean stream) {
        return Map.of("messages", List.of(Map.of("role", "user", "content", text)), "stream", stream);
    }
}
