package dev.parley.bootstrap.golden;

import java.util.List;
import java.util.Map;

/** A session with an agent of its own. */
record Session(Http http, String agent, String session) {

    static Session open(Http http, String agentConfig) {
        String agent = id(http.post("/v1/agents", "{\"agent_config\":%s}".formatted(agentConfig)), "agent_id");
        String session = id(
                http.post("/v1/agents/%s/session".formatted(agent), "{\"session_name\":\"A session\"}"), "session_id");
        return new Session(http, agent, session);
    }

    /** The same session at another server. */
    Session at(Http other) {
        return new Session(other, agent, session);
    }

    String path() {
        return "/v1/agents/%s/session/%s".formatted(agent, session);
    }

    String turnPath() {
        return path() + "/turn";
    }

    String turnPath(String turn) {
        return turnPath() + "/" + turn;
    }

    String resumePath(String turn) {
        return turnPath(turn) + "/resume";
    }

    /** Says something in a turn that is not streamed; blocks until it is answered. */
    Answer say(String text) {
        return http.post(turnPath(), saying(text, false), Map.of());
    }

    /** A turn's request with one message. */
    static String saying(String text, boolean stream) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"stream\":%s}".formatted(text, stream);
    }

    /** The ids of its turns, oldest first. */
    List<String> turns() {
        return Json.parse(http.get(path()).body()).items("turns").stream()
                .map(turn -> turn.text("turn_id"))
                .toList();
    }

    /** The turn as it is read now. */
    Answer read(String turn) {
        return http.get(turnPath(turn));
    }

    private static String id(Answer created, String name) {
        if (created.status() != 200) {
            throw new AssertionError(created.toString());
        }
        return Json.parse(created.body()).text(name);
    }
}
