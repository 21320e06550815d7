package dev.parley.domain.turn;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer of a model, whole or broken off, as the items that clients are told. */
final class AnswerItems {

    private static final JsonText NONE = new JsonText("[]");

    private final Turn turn;
    private final TurnSpec spec;
    private final int step;

    /**
     * @param spec as the steps have left it
     * @param step the index of the answer's step
     */
    AnswerItems(Turn turn, TurnSpec spec, int step) {
        this.turn = turn;
        this.spec = spec;
        this.step = step;
    }

    /** How a client is told of a call when the model makes it; empty when it is only told of it by whoever runs it. */
    static Optional<CallForm> toldAs(TurnSpec spec, String toolName) {
        return spec.tool(toolName).map(OfferedTool::form).filter(form -> !(form instanceof CallForm.Hosted));
    }

    List<Item> of(Message.Assistant answer) {
        boolean cut = answer.stopReason() == StopReason.OUT_OF_TOKENS || answer.stopReason() == StopReason.FILTERED;
        return of(answer.passages(), cut);
    }

    /** What was told of an answer that broke off, behind all that was told before. */
    TurnItems.Told behind(List<Item> before, PartialAnswer answer) {
        Optional<Passage> begun = answer.open().filter(this::isBegun);
        boolean isOpen = answer.open().isPresent() ? begun.isPresent() : endsInCall(answer.whole());
        List<Passage> passages = new ArrayList<>(answer.whole());
        begun.ifPresent(passages::add);
        List<Item> items = of(passages, isOpen);
        List<Item> finished = new ArrayList<>(before);
        finished.addAll(isOpen ? items.subList(0, items.size() - 1) : items);
        return new TurnItems.Told(finished, isOpen ? Optional.of(cutOff(items.getLast())) : Optional.empty());
    }

    /** @param cut whether the last one is not whole */
    private List<Item> of(List<Passage> passages, boolean cut) {
        List<Item> items = new ArrayList<>();
        int last = passages.size() - 1;
        for (int place = 0; place <= last; place++) {
            ItemStatus status = cut && place == last ? ItemStatus.INCOMPLETE : ItemStatus.COMPLETED;
            switch (passages.get(place)) {
                case Passage.Thought(String text) ->
                    items.add(new Item.Thought(id("rs", items), summary(text), List.of(text), Optional.empty()));
                case Passage.Spoken(String text, Optional<JsonText> logprobs, List<Citation> citations) ->
                    items.add(said(
                            id("msg", items), new ItemPart.OutputText(text, citations, logprobs.orElse(NONE)), status));
                case Passage.Refused(String text) ->
                    items.add(said(id("msg", items), new ItemPart.Refused(text), status));
                case Passage.Called(ToolCall call) -> {
                    toldAs(spec, call.toolName())
                            .ifPresent(form ->
                                    items.add(new Item.Called(id(TurnItems.prefix(form), items), form, call, status)));
                    TurnItems.asked(spec, call, id(TurnItems.ASKED, items)).ifPresent(items::add);
                }
            }
        }
        return items;
    }

    /** The simplest summary that is true: the thoughts themselves. */
    private List<String> summary(String thought) {
        return spec.terms().filter(terms -> terms.reasoning().summarised()).isPresent()
                ? List.of(thought.strip())
                : List.of();
    }

    /** Whether a client is told of it before it is whole. */
    private boolean isBegun(Passage open) {
        return switch (open) {
            case Passage.Thought _, Passage.Spoken _, Passage.Refused _ -> true;
            case Passage.Called(ToolCall call) ->
                toldAs(spec, call.toolName())
                        .filter(form -> !(form instanceof CallForm.ClientBuiltIn))
                        .isPresent();
        };
    }

    /** That an item of a call is done is only told when something follows. */
    private boolean endsInCall(List<Passage> passages) {
        return !passages.isEmpty()
                && passages.getLast() instanceof Passage.Called(ToolCall call)
                && toldAs(spec, call.toolName()).isPresent();
    }

    /** A summary is told behind the thoughts. */
    private static Item cutOff(Item item) {
        return item instanceof Item.Thought(var id, var _, var content, var sealed)
                ? new Item.Thought(id, List.of(), content, sealed)
                : item;
    }

    private static Item said(ItemId id, ItemPart part, ItemStatus status) {
        return new Item.Said(id, Role.ASSISTANT, List.of(part), status, Optional.empty());
    }

    private ItemId id(String prefix, List<Item> before) {
        return ItemId.ofOutput(prefix, turn.id(), step, before.size());
    }
}
