package dev.parley.rest.responses;

import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.turn.TurnItems;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads items as clients send them, which includes everything that they were ever given, with and without what only answers
 * have (responses-api 3). Used by one thread, for one request.
 */
final class InputReader {

    /** Where items that come without an id get theirs from. */
    @FunctionalInterface
    interface NewIds {

        /**
         * @param prefix what kind of item it is
         * @param place of the item among those of its request, counted from 0
         */
        ItemId mint(String prefix, int place);
    }

    private static final int LONGEST_TEXT = 10_485_760;
    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");
    private static final SequencedMap<String, Role> ROLES = new LinkedHashMap<>();
    private static final Map<String, String> PREFIXES_OF_OPAQUE = Map.of(
            "tool_search_call", "tsc",
            "tool_search_output", "tso",
            "program", "cm",
            "program_output", "cmo");
    private static final SequencedSet<String> TYPES = Words.of(
            "message",
            "function_call",
            "function_call_output",
            "custom_tool_call",
            "custom_tool_call_output",
            "reasoning",
            "item_reference",
            "compaction",
            "compaction_trigger",
            "file_search_call",
            "web_search_call",
            "code_interpreter_call",
            "image_generation_call",
            "computer_call",
            "computer_call_output",
            "local_shell_call",
            "local_shell_call_output",
            "shell_call",
            "shell_call_output",
            "apply_patch_call",
            "apply_patch_call_output",
            "mcp_list_tools",
            "mcp_approval_request",
            "mcp_approval_response",
            "mcp_call",
            "tool_search_call",
            "tool_search_output",
            "additional_tools",
            "program",
            "program_output");

    static {
        ROLES.put("user", Role.USER);
        ROLES.put("assistant", Role.ASSISTANT);
        ROLES.put("system", Role.SYSTEM);
        ROLES.put("developer", Role.DEVELOPER);
    }

    private final NewIds ids;
    private final Seal seal;
    private final ToolReader tools;
    private int place;

    /** @param tools collects what comes with the items */
    InputReader(NewIds ids, Seal seal, ToolReader tools) {
        this.ids = ids;
        this.seal = seal;
        this.tools = tools;
    }

    /** The input of a response: a list of items, or a text that stands for one message. */
    List<InputItem> read(Param input) {
        if (input.isString()) {
            return List.of(new InputItem.Given(new Item.Said(
                    ids.mint("msg", 0),
                    Role.USER,
                    List.of(new ItemPart.InputText(input.string(LONGEST_TEXT))),
                    ItemStatus.COMPLETED,
                    Optional.empty())));
        }
        if (!input.isArray()) {
            throw input.wrongType("one of a string or an array of input items");
        }
        return readItems(input, Integer.MAX_VALUE);
    }

    List<InputItem> readItems(Param list, int most) {
        return list.list(most, in -> {
            InputItem item = item(in);
            place++;
            return item;
        });
    }

    private InputItem item(Param in) {
        String type = type(in);
        return switch (type) {
            case "item_reference" ->
                new InputItem.Reference(new ItemId(in.at("id").string()));
            default -> new InputItem.Given(given(in, type));
        };
    }

    /** A message may do without a type, and so may a reference. */
    private static String type(Param in) {
        Param type = in.at("type");
        if (type.isGiven()) {
            return type.string();
        }
        if (in.at("role").isGiven()) {
            return "message";
        }
        if (in.at("id").isGiven()) {
            return "item_reference";
        }
        throw type.missing();
    }

    private Item given(Param in, String type) {
        return switch (type) {
            case "message" -> message(in);
            case "reasoning" -> thought(in);
            case "compaction" -> compacted(in);
            case "compaction_trigger" -> trigger(in);
            case "function_call" -> CallItems.function(in, id(in, "fc"));
            case "custom_tool_call" -> CallItems.custom(in, id(in, "ctc"));
            case "local_shell_call" -> CallItems.builtIn(in, id(in, "lsh"), CallKind.LOCAL_SHELL);
            case "shell_call" -> CallItems.builtIn(in, id(in, "sh"), CallKind.SHELL);
            case "apply_patch_call" -> CallItems.builtIn(in, id(in, "apc"), CallKind.APPLY_PATCH);
            case "computer_call" -> CallItems.builtIn(in, id(in, "cu"), CallKind.COMPUTER);
            case "function_call_output" -> CallItems.answer(in, id(in, "fco"), CallKind.FUNCTION);
            case "custom_tool_call_output" -> CallItems.answer(in, id(in, "ctco"), CallKind.CUSTOM);
            case "local_shell_call_output" -> CallItems.localShellAnswer(in, localShellAnswerId(in));
            case "shell_call_output" -> CallItems.builtInAnswer(in, id(in, "sho"), CallKind.SHELL);
            case "apply_patch_call_output" -> CallItems.builtInAnswer(in, id(in, "apco"), CallKind.APPLY_PATCH);
            case "computer_call_output" -> CallItems.builtInAnswer(in, id(in, "cuo"), CallKind.COMPUTER);
            case "file_search_call" -> HostedItems.fileSearch(in, id(in, "fs"));
            case "web_search_call" -> HostedItems.webSearch(in, id(in, "ws"));
            case "code_interpreter_call" -> HostedItems.codeInterpreter(in, id(in, "ci"));
            case "image_generation_call" -> HostedItems.image(in, id(in, "ig"));
            case "mcp_call" -> HostedItems.mcp(in, id(in, "mcp"));
            case "mcp_list_tools" -> HostedItems.listed(in, id(in, "mcpl"));
            case "mcp_approval_request" -> HostedItems.asked(in, id(in, TurnItems.ASKED));
            case "mcp_approval_response" -> HostedItems.decided(in, id(in, TurnItems.ASKED));
            case "additional_tools" -> additionalTools(in);
            default -> {
                String prefix = PREFIXES_OF_OPAQUE.get(type);
                if (prefix == null) {
                    throw in.at("type").invalidValue(TYPES);
                }
                yield HostedItems.opaque(in, id(in, prefix));
            }
        };
    }

    /** The client's own id, where it has given one that can be one. */
    private ItemId id(Param in, String prefix) {
        return in.at("id")
                .optional(Param::string)
                .filter(id -> ID.matcher(id).matches())
                .map(ItemId::new)
                .orElseGet(() -> ids.mint(prefix, place));
    }

    /** Where only one id is there, it is that of the call. */
    private ItemId localShellAnswerId(Param in) {
        return in.at("call_id").isGiven() ? id(in, "lsho") : ids.mint("lsho", place);
    }

    private Item message(Param in) {
        Role role = in.at("role").meaning(ROLES);
        return new Item.Said(
                id(in, "msg"),
                role,
                PartReader.content(in.at("content"), role),
                CallItems.status(in),
                in.at("phase").optional(Param::string));
    }

    private Item thought(Param in) {
        ItemId id = id(in, "rs");
        Optional<String> sealed = in.at("encrypted_content").optional(Param::string);
        List<String> said = in.at("content").optional(InputReader::texts).orElse(List.of());
        List<String> content = sealed.map(
                        text -> List.of(seal.open(Seal.THOUGHTS, text).orElseThrow(() -> unreadable(in, id))))
                .orElse(said);
        return new Item.Thought(
                id, in.at("summary").optional(InputReader::texts).orElse(List.of()), content, sealed);
    }

    private static List<String> texts(Param list) {
        return list.list(part -> {
            part.at("type").word(Words.of("summary_text", "reasoning_text", "text"));
            return part.at("text").string();
        });
    }

    private Item compacted(Param in) {
        ItemId id = id(in, "cmp");
        String sealed = in.at("encrypted_content").string();
        return new Item.Compacted(id, sealed, seal.open(Seal.SUMMARIES, sealed).orElseThrow(() -> unreadable(in, id)));
    }

    private Item trigger(Param in) {
        seal.requireUsable(in.path());
        return new Item.CompactionTrigger(id(in, "cmp"));
    }

    private static Refusal unreadable(Param in, ItemId id) {
        return in.at("encrypted_content")
                .refuse(
                        Reason.UNREADABLE_SEAL,
                        "The encrypted content for item %s could not be verified. Reason: Encrypted content could not be decrypted or parsed."
                                .formatted(id));
    }

    /** What is kept of it is what clients are told of tools, in which there are no secrets. */
    private Item additionalTools(Param in) {
        ItemId id = id(in, "at");
        List<RawJson> declared = tools.readMore(in.at("tools"));
        ObjectText json = new ObjectText().string("id", id.value()).string("type", "additional_tools");
        HostedToolJson.others(in, Set.of("id", "type", "tools"), json).array("tools", declared);
        return new Item.Opaque(id, "additional_tools", new JsonText(json.end().text()));
    }
}
