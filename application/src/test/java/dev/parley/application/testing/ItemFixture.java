package dev.parley.application.testing;

import static dev.parley.application.testing.AgentFixture.AWKWARD_JSON;
import static dev.parley.application.testing.AgentFixture.AWKWARD_TEXT;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Items, for tests. */
public final class ItemFixture {

    private static final ToolCall CALL =
            new ToolCall("call_👍", "measure", new ToolArguments.Json(AWKWARD_JSON.text()));
    private static final ToolCall MALFORMED = new ToolCall("", "", new ToolArguments.Malformed(AWKWARD_TEXT));

    private ItemFixture() {}

    /** An id that no turn leads to and that nobody else has. */
    public static ItemId someId() {
        return new ItemId("msg_of_a_client_" + UUID.randomUUID());
    }

    /** What a person said, under an id of its own. */
    public static Item said(String text) {
        return said(someId(), text);
    }

    public static Item said(ItemId id, String text) {
        return new Item.Said(
                id, Role.USER, List.of(new ItemPart.InputText(text)), ItemStatus.COMPLETED, Optional.empty());
    }

    /** Items that between them have every case of every choice, each field set and unset. */
    public static List<Item> everyItem() {
        List<Item> items = new ArrayList<>();
        for (Role role : Role.values()) {
            items.add(new Item.Said(someId(), role, everyPart(), ItemStatus.COMPLETED, Optional.of("commentary")));
        }
        for (ItemStatus status : ItemStatus.values()) {
            items.add(new Item.Said(someId(), Role.USER, List.of(), status, Optional.empty()));
        }
        items.add(new Item.Thought(someId(), List.of(AWKWARD_TEXT, ""), List.of("hm"), Optional.of("sealed")));
        items.add(new Item.Thought(someId(), List.of(), List.of(), Optional.empty()));
        for (CallForm form : everyForm()) {
            items.add(new Item.Called(someId(), form, CALL, ItemStatus.COMPLETED));
        }
        items.add(new Item.Called(someId(), everyForm().getFirst(), MALFORMED, ItemStatus.INCOMPLETE));
        for (CallKind kind : CallKind.values()) {
            items.add(answered(kind, new CallOutput.Text(AWKWARD_TEXT)));
        }
        items.add(answered(CallKind.CUSTOM, new CallOutput.Parts(everyPart())));
        items.add(answered(CallKind.CUSTOM, new CallOutput.Parts(List.of())));
        items.add(answered(CallKind.SHELL, new CallOutput.Members(AWKWARD_JSON)));
        CallForm.Hosted search = new CallForm.Hosted(HostedKind.WEB_SEARCH, Optional.empty(), "search");
        items.add(Item.Hosted.unasked(someId(), search, CALL, Optional.empty(), ItemStatus.IN_PROGRESS));
        for (ToolResponse response : RichTurnFixture.everyResponse()) {
            items.add(Item.Hosted.unasked(someId(), search, CALL, Optional.of(response), ItemStatus.FAILED));
        }
        items.add(new Item.Hosted(
                someId(), search, CALL, Optional.empty(), ItemStatus.INCOMPLETE, Optional.of(someId())));
        items.add(new Item.Listed(someId(), AWKWARD_TEXT, everyListed(), Optional.empty()));
        items.add(new Item.Listed(someId(), AWKWARD_TEXT, List.of(), Optional.of(AWKWARD_TEXT)));
        Item.Asked asked = new Item.Asked(someId(), search, CALL);
        items.add(asked);
        items.add(new Item.Decided(someId(), asked.id(), true, Optional.empty(), Optional.of(asked)));
        items.add(new Item.Decided(someId(), asked.id(), false, Optional.of(AWKWARD_TEXT), Optional.empty()));
        items.add(new Item.Compacted(someId(), "sealed", AWKWARD_TEXT));
        items.add(new Item.CompactionTrigger(someId()));
        items.add(new Item.Opaque(someId(), "mcp_list_tools", AWKWARD_JSON));
        return items;
    }

    /** Every form that calls can have. */
    public static List<CallForm> everyForm() {
        List<CallForm> forms = new ArrayList<>();
        forms.add(new CallForm.Function("measure", Optional.empty()));
        forms.add(new CallForm.Function("measure", Optional.of(AWKWARD_TEXT)));
        forms.add(new CallForm.Custom("patch", Optional.empty()));
        forms.add(new CallForm.Custom("patch", Optional.of("tools")));
        for (CallKind kind : CallKind.values()) {
            forms.add(new CallForm.ClientBuiltIn(kind));
        }
        for (HostedKind kind : HostedKind.values()) {
            forms.add(new CallForm.Hosted(kind, Optional.of("a server"), "search"));
            forms.add(new CallForm.Hosted(kind, Optional.empty(), AWKWARD_TEXT, Optional.of("cntr_1")));
        }
        return forms;
    }

    /** Every way in which servers tell of their tools. */
    static List<ListedTool> everyListed() {
        return List.of(
                new ListedTool("find", Optional.empty(), AWKWARD_JSON, Optional.empty(), false),
                new ListedTool(
                        AWKWARD_TEXT,
                        Optional.of(AWKWARD_TEXT),
                        JsonText.EMPTY_OBJECT,
                        Optional.of(AWKWARD_JSON),
                        true));
    }

    /** Every way in which something comes from somewhere. */
    static List<Citation> everyCitation() {
        return List.of(
                new Citation.Page(AWKWARD_TEXT, AWKWARD_TEXT, 0, Integer.MAX_VALUE),
                new Citation.File(AWKWARD_TEXT, AWKWARD_TEXT, 1),
                new Citation.ContainerFile(AWKWARD_TEXT, AWKWARD_TEXT, AWKWARD_TEXT, 1, 2),
                new Citation.Opaque(AWKWARD_JSON));
    }

    private static Item answered(CallKind kind, CallOutput output) {
        return new Item.Answered(someId(), kind, CALL.callId(), output, ItemStatus.COMPLETED);
    }

    private static List<ItemPart> everyPart() {
        Optional<String> none = Optional.empty();
        Optional<String> some = Optional.of(AWKWARD_TEXT);
        return List.of(
                new ItemPart.InputText(AWKWARD_TEXT),
                new ItemPart.InputText(Content.EMPTY.text()),
                new ItemPart.InputImage(some, none, none),
                new ItemPart.InputImage(none, some, some),
                new ItemPart.InputFile(some, some, none, none, none),
                new ItemPart.InputFile(none, none, some, some, some),
                new ItemPart.OutputText(AWKWARD_TEXT, everyCitation(), new JsonText("[]")),
                new ItemPart.OutputText("", List.of(), AWKWARD_JSON),
                new ItemPart.Refused(AWKWARD_TEXT));
    }
}
