package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.domain.Refusal;
import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ModelNames;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.ObjectText;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads calls for clients, and of shells that a server has run, and the answers to them (responses-api 3), each as the function that stands for it. */
final class CallItems {

    private static final int LONGEST_CALL_ID = 64;
    private static final int LONGEST_OUTPUT = 10_485_760;
    private static final SequencedMap<String, ItemStatus> STATUSES = new LinkedHashMap<>();

    static {
        STATUSES.put("in_progress", ItemStatus.IN_PROGRESS);
        STATUSES.put("completed", ItemStatus.COMPLETED);
        STATUSES.put("incomplete", ItemStatus.INCOMPLETE);
        STATUSES.put("failed", ItemStatus.FAILED);
        STATUSES.put("searching", ItemStatus.IN_PROGRESS);
        STATUSES.put("calling", ItemStatus.IN_PROGRESS);
        STATUSES.put("interpreting", ItemStatus.IN_PROGRESS);
        STATUSES.put("generating", ItemStatus.IN_PROGRESS);
    }

    private CallItems() {}

    /** How far the item has come; clients often leave that out of what is over and done with. */
    static ItemStatus status(Param in) {
        return in.at("status").optional(word -> word.meaning(STATUSES)).orElse(ItemStatus.COMPLETED);
    }

    static Item function(Param in, ItemId id) {
        String name = in.at("name").string();
        Optional<String> namespace = in.at("namespace").optional(Param::string);
        return called(
                in,
                id,
                new CallForm.Function(name, namespace),
                ModelNames.of(namespace, name),
                arguments(in.at("arguments").string()));
    }

    static Item custom(Param in, ItemId id) {
        String name = in.at("name").string();
        Optional<String> namespace = in.at("namespace").optional(Param::string);
        String arguments =
                new ObjectText().string("input", in.at("input").string()).end().text();
        return called(
                in,
                id,
                new CallForm.Custom(name, namespace),
                ModelNames.of(namespace, name),
                new ToolArguments.Json(arguments));
    }

    static Item builtIn(Param in, ItemId id, CallKind kind) {
        Param action = in.at(
                switch (kind) {
                    case APPLY_PATCH -> "operation";
                    case COMPUTER -> in.at("actions").isGiven() ? "actions" : "action";
                    case LOCAL_SHELL, SHELL, FUNCTION, CUSTOM, HOSTED -> "action";
                });
        String arguments = switch (kind) {
            // the model is not asked for the one word that always stands there
            case LOCAL_SHELL ->
                HostedToolJson.others(action, Set.of("type"), new ObjectText())
                        .end()
                        .text();
            case COMPUTER ->
                action.isArray()
                        ? new ObjectText().raw("actions", action.echo()).end().text()
                        : action.object().text();
            case APPLY_PATCH, SHELL, FUNCTION, CUSTOM, HOSTED -> action.object().text();
        };
        return called(in, id, form(in, kind), BuiltInTools.name(kind), new ToolArguments.Json(arguments));
    }

    /** Where a shell ran says who ran it. */
    private static CallForm form(Param in, CallKind kind) {
        Param environment = in.at("environment");
        return kind == CallKind.SHELL
                        && environment.isObject()
                        && environment.at("container_id").isGiven()
                ? new CallForm.Hosted(
                        HostedKind.SHELL,
                        Optional.empty(),
                        Shell.NAME,
                        Optional.of(environment.at("container_id").string()))
                : new CallForm.ClientBuiltIn(kind);
    }

    /** An answer in words, or in parts. */
    static Item answer(Param in, ItemId id, CallKind kind) {
        Param output = in.at("output");
        if (output.isGiven() && !output.isString() && !output.isArray()) {
            throw output.wrongType("one of a string or an array of content parts");
        }
        CallOutput answer = output.isArray()
                ? new CallOutput.Parts(PartReader.answer(output))
                : new CallOutput.Text(output.string(LONGEST_OUTPUT));
        return new Item.Answered(id, kind, callId(in.at("call_id")), answer, status(in));
    }

    /** An answer in a form of its own. */
    static Item builtInAnswer(Param in, ItemId id, CallKind kind) {
        return new Item.Answered(id, kind, callId(in.at("call_id")), members(in, kind), status(in));
    }

    /** The id of this one is that of its call, where it does not say otherwise. */
    static Item localShellAnswer(Param in, ItemId own) {
        Param callId = in.at("call_id").isGiven() ? in.at("call_id") : in.at("id");
        return new Item.Answered(
                own, CallKind.LOCAL_SHELL, callId(callId), members(in, CallKind.LOCAL_SHELL), status(in));
    }

    private static CallOutput members(Param in, CallKind kind) {
        Param output = in.at("output");
        switch (kind) {
            case LOCAL_SHELL -> output.string(LONGEST_OUTPUT);
            case SHELL -> output.array();
            case COMPUTER -> {
                if (output.at("file_id").isGiven()) {
                    throw FileReader.noFiles(output.at("file_id"), "image_url");
                }
                PartReader.imageAddress(output.at("image_url"));
            }
            case APPLY_PATCH -> output.optional(Param::string);
            case FUNCTION, CUSTOM, HOSTED -> throw new IllegalArgumentException("no form of its own: " + kind);
        }
        ObjectText members = new ObjectText();
        for (String name : Words.of("output", "max_output_length", "acknowledged_safety_checks")) {
            if (in.at(name).isGiven()) {
                members.raw(name, in.at(name).echo());
            }
        }
        return new CallOutput.Members(new JsonText(members.end().text()));
    }

    private static Item called(Param in, ItemId id, CallForm form, String toolName, ToolArguments arguments) {
        return new Item.Called(id, form, new ToolCall(callId(in.at("call_id")), toolName, arguments), status(in));
    }

    private static String callId(Param in) {
        return in.string(LONGEST_CALL_ID);
    }

    /** What stands there, even when a model has written something else than an object. */
    static ToolArguments arguments(String text) {
        if (text.isBlank()) {
            return new ToolArguments.Json(JsonText.EMPTY_OBJECT.text());
        }
        try {
            return JsonField.body(text.getBytes(UTF_8)).value() instanceof JsonObject
                    ? new ToolArguments.Json(text)
                    : new ToolArguments.Malformed(text);
        } catch (Refusal notJson) {
            return new ToolArguments.Malformed(text);
        }
    }
}
