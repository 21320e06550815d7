package dev.parley.rest.responses;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallKind;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Set;

/** Answers to calls, each in the form of its tool (responses-api 3). */
final class AnsweredJson {

    private static final Set<String> OURS = Set.of("id", "type", "status", "call_id");
    private static final String OUTPUT = "output";

    private AnsweredJson() {}

    static RawJson of(Item.Answered answered, Includes include) {
        ObjectText json = ItemJson.begin(answered, type(answered.kind()));
        if (answered.kind() != CallKind.CUSTOM) {
            json.string("status", ItemJson.word(answered.status()));
        }
        json.string("call_id", answered.callId());
        return switch (answered.output()) {
            case CallOutput.Text(String text) -> json.string(OUTPUT, text).end();
            case CallOutput.Parts(List<ItemPart> parts) ->
                json.array(OUTPUT, PartJson.ofOutput(parts, include)).end();
            case CallOutput.Members(JsonText members) -> members(answered.kind(), members, json, include);
        };
    }

    private static RawJson members(CallKind kind, JsonText text, ObjectText json, Includes include) {
        ObjectMembers members = ObjectMembers.of(text);
        if (kind == CallKind.COMPUTER && !include.screenshots()) {
            RawJson seen = members.object(OUTPUT)
                    .into(new ObjectText(), Set.of("image_url"))
                    .end();
            json.raw(OUTPUT, seen);
            return members.into(json, Set.of("id", "type", "status", "call_id", OUTPUT))
                    .end();
        }
        ObjectText answered = members.into(json, OURS);
        return (kind == CallKind.SHELL ? ShellJson.whole(answered, members) : answered).end();
    }

    private static String type(CallKind kind) {
        return switch (kind) {
            case FUNCTION, HOSTED -> "function_call_output";
            case CUSTOM -> "custom_tool_call_output";
            case LOCAL_SHELL -> "local_shell_call_output";
            case SHELL -> "shell_call_output";
            case APPLY_PATCH -> "apply_patch_call_output";
            case COMPUTER -> "computer_call_output";
        };
    }
}
