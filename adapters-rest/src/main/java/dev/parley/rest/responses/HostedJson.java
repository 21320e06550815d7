package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Calls that this server runs, told from what they were called with and from what their tools say of themselves beside the
 * answer that the model reads (responses-api 3).
 */
final class HostedJson {

    private static final RawJson NO_LIST = new RawJson("[]");
    private static final RawJson NO_MEMBERS = new RawJson("{}");
    private static final String ERROR = "error";
    private static final String RESULT = "result";
    private static final List<String> TRAITS =
            List.of("action", "background", "output_format", "quality", "size", "revised_prompt");
    private static final String ATTRIBUTES = "attributes";

    private final Item.Hosted item;
    private final Includes include;
    private final ObjectMembers arguments;
    private final ObjectMembers told;

    private HostedJson(Item.Hosted item, Includes include) {
        this.item = item;
        this.include = include;
        this.arguments = ObjectMembers.of(item.call().arguments().text());
        this.told = item.response()
                .flatMap(ToolResponse::metadata)
                .map((JsonText metadata) -> ObjectMembers.of(metadata))
                .orElse(ObjectMembers.NONE);
    }

    static RawJson of(Item.Hosted item, Includes include) {
        HostedJson json = new HostedJson(item, include);
        return switch (item.form().hosted()) {
            case FILE_SEARCH -> json.fileSearch();
            case WEB_SEARCH -> json.webSearch();
            case MCP -> json.mcp();
            case CODE_INTERPRETER -> json.codeInterpreter();
            case IMAGE_GENERATION -> json.image();
            case SHELL -> throw notOneItem();
        };
    }

    /** No such item can be made. */
    static IllegalArgumentException notOneItem() {
        return new IllegalArgumentException("a call of a shell is told of in two items");
    }

    /** Clients can't read a null where there is nothing to say of a tool. */
    static RawJson listed(Item.Listed item) {
        return ItemJson.begin(item, "mcp_list_tools")
                .string("server_label", item.serverLabel())
                .array("tools", item.tools().stream().map(HostedJson::listed).toList())
                .string("error", item.error())
                .end();
    }

    private static RawJson listed(ListedTool tool) {
        return new ObjectText()
                .string("name", tool.name())
                .string("description", tool.description())
                .raw("input_schema", RawJson.of(tool.inputSchema()))
                .raw("annotations", tool.annotations().map(RawJson::of))
                .end();
    }

    /** Whether the tool says of itself that it failed. */
    static boolean failed(Item.Hosted item) {
        return new HostedJson(item, Includes.NONE).status().equals(ItemJson.word(ItemStatus.FAILED));
    }

    private RawJson fileSearch() {
        return begin("file_search_call", status())
                .raw("queries", hasJustBegun() ? NO_LIST : queries().orElse(NO_LIST))
                .rawOrNull(
                        "results",
                        told.given("results")
                                .filter(_ -> include.fileSearchResults())
                                .map(HostedJson::found))
                .end();
    }

    /** Each with an object of attributes, be it an empty one. */
    private static RawJson found(RawJson results) {
        return ObjectText.array(ObjectMembers.elements(results).stream()
                .map(result -> {
                    ObjectMembers members = ObjectMembers.of(result.text());
                    return members.given(ATTRIBUTES).isPresent()
                            ? result
                            : members.into(new ObjectText(), Set.of(ATTRIBUTES))
                                    .raw(ATTRIBUTES, NO_MEMBERS)
                                    .end();
                })
                .toList());
    }

    /** What it does is not told when it begins. */
    private RawJson webSearch() {
        ObjectText json = begin("web_search_call", statusOrFailed());
        if (!hasJustBegun()) {
            json.raw("action", action());
        }
        if (include.webSearchResults()) {
            json.raw("results", told.given("results"));
        }
        return json.end();
    }

    private RawJson action() {
        ObjectMembers action = told.object("action");
        Optional<RawJson> sources = told.given("sources").or(() -> action.given("sources"));
        ObjectText json = new ObjectText();
        if (action.names().isEmpty()) {
            json.string("type", "search")
                    .string("query", arguments.string("query"))
                    .raw("queries", queries());
        } else {
            action.into(json, Set.of("sources"));
        }
        return json.raw("sources", sources.filter(_ -> include.webSearchSources()))
                .end();
    }

    private RawJson mcp() {
        Optional<RawJson> error = error();
        Optional<String> output = item.response()
                .filter(_ -> error.isEmpty())
                .map(ToolResponse::content)
                .map(Content::text);
        return begin("mcp_call", status())
                .string("server_label", item.form().serverLabel().orElse(""))
                .string("name", item.form().name())
                .string(
                        "arguments",
                        hasJustBegun() ? "" : item.call().arguments().text())
                .stringOrNull("output", output)
                .rawOrNull(ERROR, error)
                .rawOrNull("approval_request_id", item.approvedBy().map(id -> ObjectText.quoted(id.value())))
                .end();
    }

    private RawJson codeInterpreter() {
        Optional<RawJson> outputs =
                hasJustBegun() ? Optional.of(NO_LIST) : told.given("outputs").filter(_ -> include.codeOutputs());
        return begin("code_interpreter_call", status())
                .string("code", hasJustBegun() ? "" : code(item))
                .string(
                        "container_id",
                        told.string("container_id").or(item.form()::containerId).orElse(""))
                .rawOrNull("outputs", outputs)
                .end();
    }

    private RawJson image() {
        ObjectText json = begin("image_generation_call", statusOrFailed()).rawOrNull(RESULT, told.given(RESULT));
        return traits(told, json).end();
    }

    /** Adds what a tool says of an image; what it does not say is left out. */
    static ObjectText traits(ObjectMembers told, ObjectText json) {
        TRAITS.forEach(name -> json.string(name, told.string(name)));
        return json;
    }

    /** The program that a code interpreter was called with. */
    static String code(Item.Hosted item) {
        String text = item.call().arguments().text();
        return ObjectMembers.of(text).string("code").orElse(text);
    }

    /** What the tool says went wrong, or else what the model was told of it. */
    private Optional<RawJson> error() {
        return told.given(ERROR)
                .or(() -> item.response()
                        .filter(_ -> item.status() == ItemStatus.FAILED)
                        .map(response -> new ObjectText()
                                .string("type", "mcp_tool_execution_error")
                                .array(
                                        "content",
                                        List.of(new ObjectText()
                                                .string("type", "text")
                                                .string(
                                                        "text",
                                                        response.content().text())
                                                .end()))
                                .end()));
    }

    private Optional<RawJson> queries() {
        return arguments
                .given("queries")
                .or(() -> arguments.string("query").map(query -> ObjectText.array(List.of(ObjectText.quoted(query)))));
    }

    private ObjectText begin(String type, String status) {
        return ItemJson.begin(item, type).string("status", status);
    }

    private String status() {
        boolean wrong =
                item.status() == ItemStatus.COMPLETED && told.given(ERROR).isPresent();
        return ItemJson.word(wrong ? ItemStatus.FAILED : item.status());
    }

    /** Where items have no word for what was cut off. */
    private String statusOrFailed() {
        return item.status() == ItemStatus.INCOMPLETE ? ItemJson.word(ItemStatus.FAILED) : status();
    }

    private boolean hasJustBegun() {
        return item.status() == ItemStatus.IN_PROGRESS && item.response().isEmpty();
    }
}
