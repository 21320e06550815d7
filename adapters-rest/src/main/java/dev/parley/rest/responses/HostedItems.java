package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ModelNames;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads calls that a server has run, brought back by a client (responses-api 3). A call whose result is there is shown to the
 * model again; one without is kept for the client, and no model is shown it.
 */
final class HostedItems {

    private static final Set<String> NAMED = Set.of("id", "type", "status");

    private HostedItems() {}

    static Item fileSearch(Param in, ItemId id) {
        Param results = in.at("results");
        String arguments = new ObjectText()
                .raw("queries", in.at("queries").echo(new RawJson("[]")))
                .end()
                .text();
        return ran(
                in, id, form(HostedKind.FILE_SEARCH, "file_search"), arguments, results.optional(HostedItems::found));
    }

    private static String found(Param results) {
        List<String> texts = results.list(result -> "%s: %s"
                .formatted(
                        result.at("filename").optional(Param::string).orElse("file"),
                        result.at("text").optional(Param::string).orElse("")));
        return String.join("\n\n", texts);
    }

    static Item webSearch(Param in, ItemId id) {
        Param action = in.at("action");
        RawJson query = action.isGiven() ? action.at("query").echo() : RawJson.NULL;
        String arguments = new ObjectText().raw("query", query).end().text();
        return ran(
                in,
                id,
                form(HostedKind.WEB_SEARCH, "web_search"),
                arguments,
                in.at("results").optional(results -> results.json().text()));
    }

    static Item codeInterpreter(Param in, ItemId id) {
        String arguments =
                new ObjectText().raw("code", in.at("code").echo()).end().text();
        return ran(
                in,
                id,
                form(HostedKind.CODE_INTERPRETER, "code_interpreter"),
                arguments,
                in.at("outputs")
                        .optional(outputs -> String.join(
                                "\n",
                                outputs.list(output -> output.at("logs")
                                        .optional(Param::string)
                                        .orElse("")))));
    }

    /** The model is told in words that the image is there: it has no use for its bytes. */
    static Item image(Param in, ItemId id) {
        String arguments = new ObjectText()
                .string("prompt", in.at("revised_prompt").optional(Param::string))
                .end()
                .text();
        return ran(
                in,
                id,
                form(HostedKind.IMAGE_GENERATION, "image_generation"),
                arguments,
                in.at("result").optional(Param::string).map(_ -> "The image was made, and the user can see it."));
    }

    static Item mcp(Param in, ItemId id) {
        String label = in.at("server_label").string();
        String name = in.at("name").string();
        Optional<String> result = in.at("output")
                .optional(Param::string)
                .or(() -> in.at("error").optional(error -> error.json().text()));
        return ran(
                in,
                id,
                new CallForm.Hosted(HostedKind.MCP, Optional.of(label), name),
                in.at("arguments").string(),
                result);
    }

    /** What a server of tools has; only when it can be read it saves asking again. */
    static Item listed(Param in, ItemId id) {
        List<ListedTool> tools =
                in.at("tools").optional(list -> list.list(HostedItems::listed)).orElse(List.of());
        return new Item.Listed(
                id,
                in.at("server_label").string(),
                tools,
                in.at("error")
                        .optional(error ->
                                error.isString() ? error.string() : error.json().text()));
    }

    private static ListedTool listed(Param in) {
        Param annotations = in.at("annotations");
        return new ListedTool(
                in.at("name").string(),
                in.at("description").optional(Param::string),
                in.at("input_schema").optional(Param::object).orElse(JsonText.EMPTY_OBJECT),
                annotations.optional(Param::object),
                annotations
                        .optional(hints -> hints.at("readOnlyHint"))
                        .flatMap(hint -> hint.optional(Param::bool))
                        .orElse(false));
    }

    static Item asked(Param in, ItemId id) {
        CallForm.Hosted form = new CallForm.Hosted(
                HostedKind.MCP,
                Optional.of(in.at("server_label").string()),
                in.at("name").string());
        return new Item.Asked(id, form, call(id, form, in.at("arguments").string()));
    }

    static Item decided(Param in, ItemId id) {
        return new Item.Decided(
                id,
                new ItemId(in.at("approval_request_id").string()),
                in.at("approve").bool(),
                in.at("reason").optional(Param::string),
                Optional.empty());
    }

    private static ToolCall call(ItemId id, CallForm.Hosted form, String arguments) {
        return new ToolCall(id.value(), ModelNames.of(form.serverLabel(), form.name()), CallItems.arguments(arguments));
    }

    /** An item that this server has no other words for than the client's own. */
    static Item opaque(Param in, ItemId id) {
        String type = in.at("type").string();
        ObjectText json = new ObjectText().string("id", id.value()).string("type", type);
        return new Item.Opaque(
                id,
                type,
                new JsonText(HostedToolJson.others(in, Set.of("id", "type"), json)
                        .end()
                        .text()));
    }

    private static CallForm.Hosted form(HostedKind kind, String name) {
        return new CallForm.Hosted(kind, Optional.empty(), name);
    }

    private static Item ran(Param in, ItemId id, CallForm.Hosted form, String arguments, Optional<String> result) {
        var status = CallItems.status(in);
        if (result.isEmpty()) {
            return opaque(in, id);
        }
        ToolCall call = call(id, form, arguments);
        JsonText told = new JsonText(
                HostedToolJson.others(in, NAMED, new ObjectText()).end().text());
        ToolResponse response =
                new ToolResponse(call.callId(), call.toolName(), Content.of(result.get()), Optional.of(told));
        return new Item.Hosted(
                id,
                form,
                call,
                Optional.of(response),
                status,
                in.at("approval_request_id").optional(Param::string).map(ItemId::new));
    }
}
