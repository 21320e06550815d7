package dev.parley.bootstrap.golden;

import java.util.List;

/**
 * A request to the Responses API that no server should take, and the error that it is to get (responses-api 8).
 *
 * @param path with {@code <response>} and {@code <conversation>} for ones that exist
 * @param body each character is a byte, so that there is a way to write what is not UTF-8
 * @param code empty for null, as is the param
 * @param words what the answer must say, so that its reader can do something about it
 */
record BadResponseInput(
        String name, String method, String path, String body, int status, String param, String code, String words) {

    private static final String RESPONSES = "/v1/responses";
    private static final String RESPONSE = "/v1/responses/<response>";
    private static final String CONVERSATION = "/v1/conversations/<conversation>";
    private static final String UNKNOWN = "resp_00000000000000000000000000000000";
    private static final int TOO_DEEP = 100_000;

    private static final String NOTHING = "";
    private static final String NONE = "";

    static List<BadResponseInput> all() {
        return List.of(
                body("truncated JSON", "{\"model\":\"m\",\"input\":\"Hi", NONE, NONE, "JSON"),
                body("an empty body", "", NONE, NONE, "empty"),
                body("an array where an object is due", "[]", NONE, "invalid_type", "object"),
                body("no JSON", "model=m", NONE, NONE, "JSON"),
                body("two values", "{}{}", NONE, NONE, "one value"),
                body("nesting", "[".repeat(TOO_DEEP), NONE, NONE, "nested"),
                body("invalid UTF-8", "{\"model\":\"m\",\"input\":\"\u00ff\"}", NONE, NONE, "UTF-8"),
                body(
                        "no model",
                        "{\"input\":\"Hi\"}",
                        "model",
                        "missing_required_parameter",
                        "Missing required parameter: 'model'."),
                body(
                        "an empty model",
                        "{\"model\":\"\",\"input\":\"Hi\"}",
                        "model",
                        "missing_required_parameter",
                        "model"),
                body("no input", "{\"model\":\"m\"}", "input", "missing_required_parameter", "input"),
                body("a number for a model", "{\"model\":1,\"input\":\"Hi\"}", "model", "invalid_type", "string"),
                body(
                        "a number for a content",
                        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":1}]}",
                        "input[0].content",
                        "invalid_type",
                        "Invalid type for 'input[0].content'"),
                asks("a list for the metadata", "\"metadata\":[]", "metadata", "invalid_type", "object"),
                asks("a word for a flag", "\"stream\":\"yes\"", "stream", "invalid_type", "boolean"),
                body(
                        "an unknown role",
                        "{\"model\":\"m\",\"input\":[{\"role\":\"wizard\",\"content\":\"Hi\"}]}",
                        "input[0].role",
                        "invalid_value",
                        "wizard"),
                body(
                        "an unknown item",
                        "{\"model\":\"m\",\"input\":[{\"type\":\"smell\"}]}",
                        "input[0].type",
                        "invalid_value",
                        "smell"),
                asks("an unknown tool", "\"tools\":[{\"type\":\"saw\"}]", "tools[0].type", "invalid_value", "saw"),
                asks("an unknown inclusion", "\"include\":[\"all\"]", "include[0]", "invalid_value", "all"),
                asks("an unknown tier", "\"service_tier\":\"best\"", "service_tier", "invalid_value", "best"),
                asks(
                        "an unknown format",
                        "\"text\":{\"format\":{\"type\":\"yaml\"}}",
                        "text.format.type",
                        "invalid_value",
                        "yaml"),
                asks(
                        "a choice that is not offered",
                        "\"tool_choice\":{\"type\":\"function\",\"name\":\"saw\"}",
                        "tool_choice",
                        "invalid_value",
                        "saw"),
                asks(
                        "too few tokens",
                        "\"max_output_tokens\":1",
                        "max_output_tokens",
                        "integer_below_min_value",
                        "Expected a value >= 16, but got 1 instead."),
                asks("no tool calls", "\"max_tool_calls\":0", "max_tool_calls", "integer_below_min_value", ">= 1"),
                asks("too many logprobs", "\"top_logprobs\":21", "top_logprobs", "integer_above_max_value", "<= 20"),
                asks("too hot", "\"temperature\":2.5", "temperature", "decimal_above_max_value", "<= 2"),
                asks("an unknown guardrail", "\"guardrails\":[\"wall\"]", "guardrails", NONE, "wall"),
                asks("too cold", "\"temperature\":-1", "temperature", "decimal_below_min_value", ">= 0"),
                asks(
                        "a long name",
                        "\"safety_identifier\":\"%s\"".formatted("x".repeat(65)),
                        "safety_identifier",
                        "string_above_max_length",
                        "64"),
                asks(
                        "previous_response_id against conversation",
                        "\"previous_response_id\":\"<response>\",\"conversation\":\"<conversation>\"",
                        "previous_response_id",
                        "mutually_exclusive_parameters",
                        "'previous_response_id' or 'conversation'"),
                asks(
                        "a previous response that is not there",
                        "\"previous_response_id\":\"%s\"".formatted(UNKNOWN),
                        "previous_response_id",
                        "previous_response_not_found",
                        "Previous response with id '%s' not found.".formatted(UNKNOWN)),
                asks(
                        "a previous response that is none",
                        "\"previous_response_id\":\"nope\"",
                        "previous_response_id",
                        "previous_response_not_found",
                        "nope"),
                asks(
                        "a conversation that is none",
                        "\"conversation\":\"nope\"",
                        "conversation",
                        "invalid_value",
                        "Expected an ID that begins with 'conv'."),
                asks(
                        "background and not stored",
                        "\"background\":true,\"store\":false",
                        "background",
                        "invalid_value",
                        "store"),
                body(
                        "an answer without a call",
                        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"\"}]}",
                        "input",
                        NONE,
                        "No tool call found for function call output with call_id c."),
                body(
                        "a call without an answer",
                        "{\"model\":\"m\",\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"},"
                            + "{\"role\":\"user\",\"content\":\"Hi\"}]}",
                        "input",
                        NONE,
                        "No tool output found for function call c."),
                body(
                        "the same item twice",
                        "{\"model\":\"m\",\"input\":[{\"id\":\"msg_a\",\"role\":\"user\",\"content\":\"Hi\"},"
                                + "{\"id\":\"msg_a\",\"role\":\"user\",\"content\":\"Hi\"}]}",
                        "input",
                        NONE,
                        "Duplicate item found with id msg_a"),
                new BadResponseInput(
                        "a conversation that is not there",
                        "POST",
                        RESPONSES,
                        "{\"model\":\"m\",\"input\":\"Hi\",\"conversation\":\"conv_nope\",\"stream\":true}",
                        404,
                        "conversation",
                        NONE,
                        "Conversation with id 'conv_nope' not found."),
                new BadResponseInput(
                        "an item that is not there",
                        "POST",
                        RESPONSES,
                        "{\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_nope\"}]}",
                        404,
                        "input",
                        NONE,
                        "Item with id 'msg_nope' not found."),
                missing("GET", "/v1/responses/" + UNKNOWN, NONE, "Response with id '%s' not found.".formatted(UNKNOWN)),
                missing("GET", "/v1/responses/nope?stream=true", NONE, "nope"),
                missing("DELETE", "/v1/responses/" + UNKNOWN, NONE, UNKNOWN),
                missing("POST", "/v1/responses/%s/cancel".formatted(UNKNOWN), NONE, UNKNOWN),
                missing("GET", "/v1/responses/%s/input_items".formatted(UNKNOWN), NONE, UNKNOWN),
                missing("GET", "/v1/responses/resp_%00", NONE, "Response"),
                missing("GET", "/v1/responses/<response>/nothing", NONE, "/v1/responses/"),
                missing("GET", "/v1/conversations/conv_nope", "conversation", "conv_nope"),
                missing("POST", "/v1/conversations/conv_nope", "conversation", "conv_nope"),
                missing("DELETE", "/v1/conversations/conv_nope", "conversation", "conv_nope"),
                missing("GET", "/v1/conversations/conv_%00/items", "conversation", "Conversation"),
                missing("GET", CONVERSATION + "/items/msg_nope", "item_id", "msg_nope"),
                get(
                        "a conversation by the name of something else",
                        "/v1/conversations/nope",
                        "conversation",
                        "invalid_value",
                        "begins with 'conv'"),
                get("no items", RESPONSE + "/input_items?limit=0", "limit", "integer_below_min_value", ">= 1"),
                get(
                        "too many items",
                        RESPONSE + "/input_items?limit=101",
                        "limit",
                        "integer_above_max_value",
                        "<= 100"),
                get("many items", CONVERSATION + "/items?limit=many", "limit", "invalid_type", "limit"),
                get(
                        "a strange order",
                        RESPONSE + "/input_items?order=random",
                        "order",
                        "invalid_value",
                        "'asc' and 'desc'"),
                get(
                        "a strange inclusion",
                        RESPONSE + "?include%5B%5D=all",
                        "include",
                        "invalid_value",
                        "reasoning.encrypted_content"),
                get(
                        "a strange place",
                        RESPONSE + "?stream=true&starting_after=x",
                        "starting_after",
                        "invalid_type",
                        "starting_after"),
                get(
                        "a place before the first",
                        RESPONSE + "?stream=true&starting_after=-1",
                        "starting_after",
                        "integer_below_min_value",
                        ">= 0"),
                new BadResponseInput(
                        "a synchronous response called off",
                        "POST",
                        RESPONSE + "/cancel",
                        NOTHING,
                        400,
                        NONE,
                        NONE,
                        "Cannot cancel a synchronous response."),
                new BadResponseInput(
                        "too many items at once",
                        "POST",
                        CONVERSATION + "/items",
                        "{\"items\":[%s]}"
                                .formatted("{\"role\":\"user\",\"content\":\"Hi\"},".repeat(20)
                                        + "{\"role\":\"user\",\"content\":\"Hi\"}"),
                        400,
                        "items",
                        "array_above_max_length",
                        "20"),
                new BadResponseInput(
                        "no metadata",
                        "POST",
                        CONVERSATION,
                        "{}",
                        400,
                        "metadata",
                        "missing_required_parameter",
                        "metadata"),
                new BadResponseInput(
                        "a method that is not there", "PUT", RESPONSE, "{}", 405, NONE, NONE, "Method Not Allowed"));
    }

    private static BadResponseInput body(String name, String body, String param, String code, String words) {
        return new BadResponseInput(name, "POST", RESPONSES, body, 400, param, code, words);
    }

    private static BadResponseInput asks(String name, String members, String param, String code, String words) {
        return body(name, "{\"model\":\"m\",\"input\":\"Hi\",%s}".formatted(members), param, code, words);
    }

    private static BadResponseInput missing(String method, String path, String param, String words) {
        String body = method.equals("POST") ? "{\"metadata\":{}}" : NOTHING;
        return new BadResponseInput("%s %s".formatted(method, path), method, path, body, 404, param, NONE, words);
    }

    private static BadResponseInput get(String name, String path, String param, String code, String words) {
        return new BadResponseInput(name, "GET", path, NOTHING, 400, param, code, words);
    }

    /** The test's name. */
    @Override
    public String toString() {
        return name;
    }
}
