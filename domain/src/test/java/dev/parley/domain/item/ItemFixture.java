package dev.parley.domain.item;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.Shell;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import java.util.Optional;

/** Items as clients send them, for tests. Their ids follow from what they hold: the same thing twice has the same id. */
public final class ItemFixture {

    private static final JsonText NONE = new JsonText("[]");

    private static final CallForm SHELL =
            new CallForm.Hosted(HostedKind.SHELL, Optional.empty(), Shell.NAME, Optional.of("cntr_1"));

    private ItemFixture() {}

    public static Item.Said user(String text) {
        return said(Role.USER, new ItemPart.InputText(text));
    }

    public static Item.Said developer(String text) {
        return said(Role.DEVELOPER, new ItemPart.InputText(text));
    }

    public static Item.Said assistant(String text) {
        return said(Role.ASSISTANT, outputText(text));
    }

    public static Item.Said said(Role role, ItemPart... parts) {
        return new Item.Said(
                id("msg", role, List.of(parts)), role, List.of(parts), ItemStatus.COMPLETED, Optional.empty());
    }

    public static ItemPart outputText(String text) {
        return new ItemPart.OutputText(text, List.of(), NONE);
    }

    /** A file whose content came with it. */
    public static ItemPart file(String filename, String data) {
        return new ItemPart.InputFile(
                Optional.empty(), Optional.of(filename), Optional.of(data), Optional.empty(), Optional.empty());
    }

    public static ItemPart image(String url) {
        return new ItemPart.InputImage(Optional.of(url), Optional.empty(), Optional.empty());
    }

    public static Item.Thought thought(String text) {
        return new Item.Thought(id("rs", text), List.of(), List.of(text), Optional.empty());
    }

    /** A call of a function. */
    public static Item.Called called(ToolCall call) {
        return called(new CallForm.Function(call.toolName(), Optional.empty()), call);
    }

    public static Item.Called called(CallForm form, ToolCall call) {
        return new Item.Called(id("fc", call), form, call, ItemStatus.COMPLETED);
    }

    /** An answer to a call of a function. */
    public static Item.Answered answered(ToolCall call, String text) {
        return answered(new CallForm.Function(call.toolName(), Optional.empty()), call, new CallOutput.Text(text));
    }

    public static Item.Answered answered(CallForm form, ToolCall call, CallOutput output) {
        return new Item.Answered(
                id("fco", call.callId(), output), form.kind(), call.callId(), output, ItemStatus.COMPLETED);
    }

    /** A search of the web that has found something. */
    public static Item.Hosted searched(ToolCall call, String found) {
        return searching(call, Optional.of(ToolResponse.text(call, found)));
    }

    /** A search of the web, perhaps with what it has found. */
    public static Item.Hosted searching(ToolCall call, Optional<ToolResponse> found) {
        return Item.Hosted.unasked(
                id("ws", call, found),
                form(call),
                call,
                found,
                found.isPresent() ? ItemStatus.COMPLETED : ItemStatus.IN_PROGRESS);
    }

    /** A call of the shell that this server runs. */
    public static Item.Called calledShell(ToolCall call) {
        return called(SHELL, call);
    }

    /** What a call of the shell that this server runs has come to. */
    public static Item.Answered answeredShell(ToolCall call, String members) {
        return answered(SHELL, call, new CallOutput.Members(new JsonText(members)));
    }

    /** A search of the web that the client is asked about. */
    public static Item.Asked asked(ToolCall call) {
        return new Item.Asked(id("mcpr", call), form(call), call);
    }

    /** What the client says when it is asked about a call that was not run yet. */
    public static Item.Decided decided(ToolCall call, boolean approved) {
        Item.Asked request = asked(call);
        return new Item.Decided(
                id("mcpr", call, approved), request.id(), approved, Optional.empty(), Optional.of(request));
    }

    /** What a server of that label has said it has: nothing. */
    public static Item.Listed listed(String label, ListedTool... tools) {
        return new Item.Listed(id("mcpl", label, List.of(tools)), label, List.of(tools), Optional.empty());
    }

    private static CallForm.Hosted form(ToolCall call) {
        return new CallForm.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), call.toolName());
    }

    public static Item.Compacted compacted(String summary) {
        return new Item.Compacted(id("cmp", summary), "sealed", summary);
    }

    /** What asks for all before it to be compacted. */
    public static Item.CompactionTrigger compactionTrigger() {
        return new Item.CompactionTrigger(id("cmp", "trigger"));
    }

    /** An item that no model is shown. */
    public static Item.Opaque opaque(String type) {
        return new Item.Opaque(id("op", type), type, JsonText.EMPTY_OBJECT);
    }

    private static ItemId id(String prefix, Object... what) {
        return new ItemId("%s_%08x".formatted(prefix, List.of(what).toString().hashCode()));
    }
}
