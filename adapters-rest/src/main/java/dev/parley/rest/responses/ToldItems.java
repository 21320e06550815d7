package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.rest.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The items of a response while it is told: which is open, and what each delta and each finished step makes of it
 * (responses-api 9.5). What deltas did not tell of a step is told when the step is completed.
 */
final class ToldItems {

    private final Telling telling;

    private Turn turn;

    /** What completed steps have told, without what counts for nothing. */
    private final List<Item> finished = new ArrayList<>();

    /** How many items completed steps have told, whether they count or not. */
    private int told;

    /** What the step that is under way has told and closed. */
    private final List<Item> inStep = new ArrayList<>();

    private @Nullable OpenItem open;

    /** @param begun without any step */
    ToldItems(Turn begun, Telling telling) {
        this.turn = begun;
        this.telling = telling;
    }

    /** As far as it was told. */
    Turn turn() {
        return turn;
    }

    /** @param moved the same turn, in another state */
    void goOn(Turn moved) {
        turn = moved;
    }

    /** The next step lists the tools of a server. */
    void listing(String serverLabel) {
        closeOpen();
        open = new OpenListing(TurnItems.listing(turn, serverLabel), nextIndex(), telling);
    }

    void progressed(Delta delta) {
        switch (delta) {
            case Delta.Text(String text) -> {
                if (!text.isEmpty()) {
                    message(false).add(text);
                }
            }
            case Delta.ScoredText(String text, JsonText logprobs) -> {
                if (!text.isEmpty()) {
                    message(false).add(text, logprobs);
                }
            }
            case Delta.Cited(Citation citation) -> {
                if (open instanceof OpenMessage message) {
                    message.cite(citation);
                }
            }
            case Delta.Refused(String text) -> {
                if (!text.isEmpty()) {
                    message(true).add(text);
                }
            }
            case Delta.Reasoning(String text) -> {
                if (!text.isEmpty()) {
                    thought().add(text);
                }
            }
            case Delta.CallOpened(String callId, String toolName) -> {
                closeOpen();
                opened(callId, toolName);
            }
            case Delta.CallArguments(String fragment) -> {
                if (open instanceof OpenCall call) {
                    call.add(fragment);
                }
            }
            case Delta.CallClosed(ToolCall call) -> closed(call);
            case Delta.CallRunning(ToolCall call) -> runs(call);
            case Delta.PartialImage image -> {
                if (open instanceof OpenHosted hosted) {
                    hosted.show(image);
                }
            }
        }
    }

    private OpenMessage message(boolean refusal) {
        if (open instanceof OpenMessage message && message.isRefusal() == refusal) {
            return message;
        }
        closeOpen();
        OpenMessage message = new OpenMessage(nextId("msg"), refusal, nextIndex(), telling);
        open = message;
        return message;
    }

    private OpenThought thought() {
        if (open instanceof OpenThought thought) {
            return thought;
        }
        closeOpen();
        boolean summarised = turn.spec()
                .terms()
                .filter(terms -> terms.reasoning().summarised())
                .isPresent();
        OpenThought thought = new OpenThought(nextId("rs"), nextIndex(), summarised, telling);
        open = thought;
        return thought;
    }

    /** Of calls that are this server's to answer, only those that it runs are told, and when it does so. */
    private void opened(String callId, String toolName) {
        TurnSpec spec = turn.specNow();
        if (TurnItems.isTold(spec, toolName)) {
            CallForm form = spec.tool(toolName).orElseThrow().form();
            open = new OpenCall(nextId(TurnItems.prefix(form)), form, callId, toolName, nextIndex(), telling);
        }
    }

    private void closed(ToolCall call) {
        if (!(open instanceof OpenCall opened && opened.isOf(call.callId()))) {
            closeOpen();
            opened(call.callId(), call.toolName());
        }
        if (open instanceof OpenCall opened) {
            opened.close(call);
        } else {
            TurnItems.asked(turn.specNow(), call, nextId(TurnItems.ASKED)).ifPresent(asked -> {
                OpenItem.of(asked, nextIndex(), telling).finish(asked);
                inStep.add(asked);
            });
        }
    }

    private void runs(ToolCall call) {
        closeOpen();
        List<Item> items = TurnItems.running(turn, call);
        for (Item item : items.subList(0, Math.max(0, items.size() - 1))) {
            OpenItem.of(item, nextIndex(), telling).finish(item);
            inStep.add(item);
        }
        if (!items.isEmpty()) {
            open = OpenItem.of(items.getLast(), nextIndex(), telling);
        }
    }

    private void closeOpen() {
        OpenItem item = open;
        if (item != null) {
            open = null;
            item.soFar(ItemStatus.COMPLETED).ifPresent(whole -> {
                item.finish(whole);
                inStep.add(whole);
            });
        }
    }

    /** @param after the turn with the step behind those that were told */
    void completed(Turn after, Step step) {
        if (step instanceof Step.BrokenAnswer) {
            // what is open stays open: how far it has come is told when the turn is told to have failed
            turn = after;
            return;
        }
        if (step instanceof Step.Abandoned) {
            breakOff();
        } else {
            finish(TurnItems.ofStep(after, turn.steps().size()));
            finished.addAll(inStep);
        }
        told += inStep.size();
        inStep.clear();
        turn = after;
    }

    /** What was told of the step counts for nothing, but its reader has it: it is closed, and not told of at the end. */
    private void breakOff() {
        OpenItem item = open;
        if (item != null) {
            open = null;
            item.soFar(ItemStatus.INCOMPLETE).ifPresent(part -> {
                item.finish(part);
                inStep.add(part);
            });
        }
    }

    private void finish(List<Item> items) {
        while (inStep.size() < items.size()) {
            Item item = items.get(inStep.size());
            if (open != null && !open.id().equals(item.id())) {
                closeOpen(); // it takes the place of this one: what was told can't be taken back
                continue;
            }
            OpenItem whole = open != null ? open : OpenItem.of(item, nextIndex(), telling);
            open = null;
            whole.finish(item);
            inStep.add(item);
        }
        closeOpen();
    }

    /** What was told and closed. */
    List<RawJson> all() {
        List<RawJson> all = new ArrayList<>(finished.size() + inStep.size() + 1);
        finished.forEach(item -> all.add(telling.json(item)));
        inStep.forEach(item -> all.add(telling.json(item)));
        return all;
    }

    private ItemId nextId(String prefix) {
        return ItemId.ofOutput(prefix, turn.id(), turn.steps().size(), inStep.size());
    }

    private int nextIndex() {
        return told + inStep.size();
    }

    /** The same, with what is open as far as it has come. */
    List<RawJson> allCutOff() {
        List<RawJson> all = all();
        if (open != null) {
            open.soFar(ItemStatus.INCOMPLETE).map(telling::cutOff).ifPresent(all::add);
        }
        return all;
    }
}
