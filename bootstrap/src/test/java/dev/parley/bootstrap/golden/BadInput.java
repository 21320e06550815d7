package dev.parley.bootstrap.golden;

import java.util.List;

/**
 * A request that no server should take.
 *
 * @param path with {@code <agent>} and {@code <session>} for an agent and a session that exist
 * @param body each character is a byte, so that there is a way to write what is not UTF-8
 * @param words what the answer must say, so that its reader can do something about it
 */
record BadInput(String name, String method, String path, String body, int status, String words) {

    private static final String AGENTS = "/v1/agents";
    private static final String SESSION = "/v1/agents/<agent>/session/<session>";
    private static final String TURN = SESSION + "/turn";
    private static final int TOO_DEEP = 100_000;

    private static final String NOTHING = "";

    static List<BadInput> all() {
        return List.of(
                turn("truncated JSON", "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi", "complete"),
                turn("an empty body", "", "empty"),
                turn("an array where an object is due", "[{\"messages\":[]}]", "object"),
                turn("no JSON", "messages=Hi", "JSON"),
                turn("two values", "{}{}", "one value"),
                turn("no messages", "{}", "messages is missing"),
                turn("an empty list of messages", "{\"messages\":[]}", "message"),
                message("an unknown role", "{\"role\":\"wizard\",\"content\":\"Hi\"}", "wizard"),
                message("a system message", "{\"role\":\"system\",\"content\":\"Hi\"}", "system"),
                message("an assistant message", "{\"role\":\"assistant\",\"content\":\"Hi\"}", "assistant"),
                message("no role", "{\"content\":\"Hi\"}", "role"),
                message("an unknown content type", "{\"role\":\"user\",\"content\":{\"type\":\"smell\"}}", "smell"),
                message("strings in a list of content", "{\"role\":\"user\",\"content\":[\"Hi\"]}", "object"),
                message("NUL in a string", "{\"role\":\"user\",\"content\":\"a\\u0000b\"}", "NUL"),
                message("NUL in the name of a member", "{\"role\":\"user\",\"content\":\"a\",\"x\\u0000\":1}", "NUL"),
                message("half a surrogate pair", "{\"role\":\"user\",\"content\":\"\\ud83d\"}", "surrogate"),
                message("a number for content", "{\"role\":\"user\",\"content\":1}", "content"),
                turn("nesting", "[".repeat(TOO_DEEP), "nested"),
                turn(
                        "nesting in what is ignored",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"x\":%s%s}"
                                .formatted("[".repeat(TOO_DEEP), "]".repeat(TOO_DEEP)),
                        "nested"),
                new BadInput(
                        "invalid UTF-8",
                        "POST",
                        TURN,
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"\u00ff\"}]}",
                        400,
                        "UTF-8"),
                turn(
                        "a document of a type that no model reads",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                                + "\"documents\":[{\"content\":\"x\",\"mime_type\":\"application/pdf\"}]}",
                        "application/pdf"),
                turn(
                        "a choice that is not offered",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tool_config\":{\"tool_choice\":\"saw\"}}",
                        "saw"),
                agent(
                        "tool_choice against tool_config",
                        ",\"tool_choice\":\"none\",\"tool_config\":{\"tool_choice\":\"auto\"}",
                        "tool_choice"),
                agent(
                        "top_p without temperature",
                        ",\"sampling_params\":{\"strategy\":{\"type\":\"top_p\",\"top_p\":0.9}}",
                        "temperature"),
                agent(
                        "top_p with temperature 0",
                        ",\"sampling_params\":{\"strategy\":{\"type\":\"top_p\",\"temperature\":0}}",
                        "temperature"),
                agent("an unknown strategy", ",\"sampling_params\":{\"strategy\":{\"type\":\"luck\"}}", "luck"),
                agent("max_infer_iters 0", ",\"max_infer_iters\":0", "max_infer_iters"),
                new BadInput(
                        "an agent without a model",
                        "POST",
                        AGENTS,
                        "{\"agent_config\":{\"instructions\":\"\"}}",
                        400,
                        "model"),
                new BadInput("no agent_config", "POST", AGENTS, "{}", 400, "agent_config is missing"),
                new BadInput(
                        "a session without a name", "POST", AGENTS + "/<agent>/session", "{}", 400, "session_name"),
                new BadInput(
                        "NUL in a session's name",
                        "POST",
                        AGENTS + "/<agent>/session",
                        "{\"session_name\":\"\\u0000\"}",
                        400,
                        "NUL"),
                new BadInput(
                        "a resume without responses",
                        "POST",
                        TURN + "/nope/resume",
                        "{}",
                        400,
                        "tool_responses is missing"),
                new BadInput(
                        "a resume of no turn", "POST", TURN + "/nope/resume", "{\"tool_responses\":[]}", 404, "nope"),
                missing("GET", AGENTS + "/not-a-uuid", "not-a-uuid"),
                missing("DELETE", AGENTS + "/not-a-uuid", "not-a-uuid"),
                missing("GET", AGENTS + "/not-a-uuid/sessions", "not-a-uuid"),
                missing("GET", AGENTS + "/<agent>/session/not-a-uuid", "not-a-uuid"),
                missing("DELETE", AGENTS + "/<agent>/session/not-a-uuid", "not-a-uuid"),
                missing("GET", TURN + "/not-a-uuid", "not-a-uuid"),
                missing("GET", TURN + "/not-a-uuid/step/neither", "not-a-uuid"),
                missing("GET", AGENTS + "/a%00b", "a"),
                missing("DELETE", AGENTS + "/a%00b", "a"),
                missing("GET", AGENTS + "/<agent>/session/%00", "Session"),
                missing("GET", TURN + "/%00", "Turn"),
                missing("GET", "/v1/nothing", "/v1/nothing"),
                new BadInput(
                        "a turn in no session",
                        "POST",
                        AGENTS + "/<agent>/session/not-a-uuid/turn",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true}",
                        404,
                        "not-a-uuid"),
                new BadInput("a method that is not there", "DELETE", TURN, NOTHING, 405, "takes POST"),
                list("limit=-2", "limit"),
                list("limit=-99999999999999999999", "limit"),
                list("limit=many", "limit"),
                list("start_index=-1", "start_index"),
                list("start_index=1.5", "start_index"),
                new BadInput(
                        "limits of an agent's sessions",
                        "GET",
                        AGENTS + "/<agent>/sessions?limit=-7",
                        NOTHING,
                        400,
                        "limit"));
    }

    private static BadInput turn(String name, String body, String words) {
        return new BadInput(name, "POST", TURN, body, 400, words);
    }

    private static BadInput message(String name, String message, String words) {
        return turn(name, "{\"messages\":[%s]}".formatted(message), words);
    }

    private static BadInput agent(String name, String more, String words) {
        String body = "{\"agent_config\":{\"model\":\"m\",\"instructions\":\"i\"%s}}".formatted(more);
        return new BadInput(name, "POST", AGENTS, body, 400, words);
    }

    private static BadInput missing(String method, String path, String words) {
        return new BadInput("%s %s".formatted(method, path), method, path, NOTHING, 404, words);
    }

    private static BadInput list(String query, String words) {
        return new BadInput(query, "GET", AGENTS + "?" + query, NOTHING, 400, words);
    }

    /** The test's name. */
    @Override
    public String toString() {
        return name;
    }
}
