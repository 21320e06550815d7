package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ListedTool;
import dev.parley.domain.tool.OfferedTool;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A turn as the items of the Responses API, whichever interface it came by. The items follow from the turn and are never
 * stored beside it; their ids follow from their places.
 */
public final class TurnItems {

    /** What the id of an item that asks begins with. */
    public static final String ASKED = "mcpr";

    private final Turn turn;
    /** As its steps have left it. */
    private final TurnSpec spec;

    private TurnItems(Turn turn) {
        this.turn = turn;
        this.spec = turn.specNow();
    }

    /** What the turn was given, then what it has told. */
    public static List<Item> of(Turn turn) {
        List<Item> items = new ArrayList<>(input(turn));
        items.addAll(output(turn));
        return List.copyOf(items);
    }

    /** What the turn was given, in its order. */
    public static List<Item> input(Turn turn) {
        return switch (turn.input()) {
            case TurnInput.Items(List<Item> items, var _) -> items;
            case TurnInput.Messages(List<Message.Input> messages, List<Document> documents) ->
                MessageItems.of(turn.id(), messages, documents);
        };
    }

    /** What the turn has told so far and what others may go on from, in its order: that of its finished steps. */
    public static List<Item> output(Turn turn) {
        List<Item> items = new ArrayList<>();
        for (int index = 0; index < turn.steps().size(); index++) {
            items.addAll(ofStep(turn, index));
        }
        return List.copyOf(items);
    }

    /**
     * What the readers of a turn were told.
     *
     * @param finished the output, and what was told to its end of an answer that broke off
     * @param cutOff the item that was being told when it broke off
     */
    public record Told(List<Item> finished, Optional<Item> cutOff) {
        public Told {
            finished = List.copyOf(finished);
            requireNonNull(cutOff, "cutOff");
        }
    }

    /** All that the turn has told so far, also of an answer that came to nothing (responses-api 9.5). */
    public static Told told(Turn turn) {
        List<Item> output = output(turn);
        int last = turn.steps().size() - 1;
        return last >= 0 && turn.steps().get(last) instanceof Step.BrokenAnswer(PartialAnswer told, var _, var _)
                ? new AnswerItems(turn, turn.specNow(), last).behind(output, told)
                : new Told(output, Optional.empty());
    }

    /**
     * What a turn at rest adds to its conversation: what it was given and what it has told, or only the first when it came
     * to nothing (responses-api 6.5).
     */
    public static List<Item> kept(Turn turn) {
        return switch (turn.state()) {
            case TurnState.Completed _, TurnState.AwaitingInput _ -> of(turn);
            case TurnState.Failed _, TurnState.Cancelled _ -> input(turn);
            case TurnState.Queued _, TurnState.Running _ -> List.of();
        };
    }

    /** What one finished step has told. */
    public static List<Item> ofStep(Turn turn, int index) {
        TurnItems items = new TurnItems(turn);
        return switch (turn.steps().get(index)) {
            case Step.Inference inference -> new AnswerItems(turn, items.spec, index).of(inference.answer());
            case Step.ToolExecution tools -> items.ofTools(index, tools);
            case Step.ShieldCall shield ->
                shield.violation()
                        .map(violation -> List.<Item>of(new Item.Said(
                                ItemId.ofOutput("msg", turn.id(), index, 0),
                                Role.ASSISTANT,
                                List.of(new ItemPart.Refused(violation.refusal())),
                                ItemStatus.COMPLETED,
                                Optional.empty())))
                        .orElse(List.of());
            case Step.Compaction compaction
            when !compaction.summary().isEmpty() ->
                List.of(new Item.Compacted(ItemId.ofOutput("cmp", turn.id(), index, 0), "", compaction.summary()));
            case Step.ToolListing(String label, List<ListedTool> listed, Optional<String> error, var _) ->
                List.of(new Item.Listed(listingId(turn, index), label, listed, error));
            case Step.Compaction _, Step.MemoryRetrieval _, Step.Abandoned _, Step.BrokenAnswer _ -> List.of();
        };
    }

    /** The item of the list that a step is to bring, while it has not. */
    public static Item.Listed listing(Turn turn, String serverLabel) {
        return new Item.Listed(listingId(turn, turn.steps().size()), serverLabel, List.of(), Optional.empty());
    }

    private static ItemId listingId(Turn turn, int step) {
        return ItemId.ofOutput("mcpl", turn.id(), step, 0);
    }

    /**
     * The items of a call that the next step is to run, while it runs: all but the last are whole. None when no client is told
     * of it.
     */
    public static List<Item> running(Turn turn, ToolCall call) {
        int step = turn.steps().size();
        return runAs(turn, call)
                .map(form -> form.hosted() == HostedKind.SHELL
                        ? ShellItems.running(turn.id(), step, form, call)
                        : List.<Item>of(new Item.Hosted(
                                ItemId.ofOutput(prefix(form), turn.id(), step, 0),
                                form,
                                call,
                                Optional.empty(),
                                ItemStatus.IN_PROGRESS,
                                new TurnItems(turn).agreed(step).map(Item.Asked::id))))
                .orElse(List.of());
    }

    /** As what a call is run that the next step is to run; empty when no client is told of it. */
    public static Optional<CallForm.Hosted> runAs(Turn turn, ToolCall call) {
        TurnItems items = new TurnItems(turn);
        int step = turn.steps().size();
        return items.agreed(step)
                .map(Item.Asked::form)
                .or(() -> items.spec
                        .tool(call.toolName())
                        .flatMap(tool ->
                                tool.form() instanceof CallForm.Hosted hosted ? Optional.of(hosted) : Optional.empty()))
                .filter(_ -> items.isWithinLimit(step));
    }

    /** The item by which a client is asked whether a call may be run; empty when it is not asked. */
    public static Optional<Item> asked(TurnSpec spec, ToolCall call, ItemId id) {
        return spec.tool(call.toolName())
                .flatMap(tool -> tool.askedAs(call))
                .map(form -> new Item.Asked(id, form, call));
    }

    /** Whether a client is told of a call by an item of its own when the model makes it. */
    public static boolean isTold(TurnSpec spec, String toolName) {
        return AnswerItems.toldAs(spec, toolName).isPresent();
    }

    /** What the id of a call's item begins with. */
    public static String prefix(CallForm form) {
        return switch (form) {
            case CallForm.Hosted hosted ->
                switch (hosted.hosted()) {
                    case FILE_SEARCH -> "fs";
                    case WEB_SEARCH -> "ws";
                    case MCP -> "mcp";
                    case CODE_INTERPRETER -> "ci";
                    case IMAGE_GENERATION -> "ig";
                    case SHELL -> "sh";
                };
            case CallForm.Function _, CallForm.Grouped _ -> "fc";
            case CallForm.Custom _ -> "ctc";
            case CallForm.ClientBuiltIn(CallKind kind) ->
                switch (kind) {
                    case FUNCTION, CUSTOM, HOSTED -> "fc"; // have forms of their own
                    case LOCAL_SHELL -> "lsh";
                    case SHELL -> "sh";
                    case APPLY_PATCH -> "apc";
                    case COMPUTER -> "cu";
                };
        };
    }

    private List<Item> ofTools(int index, Step.ToolExecution tools) {
        List<Item> items = new ArrayList<>();
        for (ToolResponse response : tools.responses()) {
            Optional<ToolCall> call = tools.calls().stream()
                    .filter(asked -> asked.callId().equals(response.callId()))
                    .findFirst();
            if (call.isPresent()) {
                agreed(index)
                        .<CallForm>map(Item.Asked::form)
                        .or(() -> spec.tool(call.get().toolName()).map(OfferedTool::form))
                        .ifPresent(form -> items.addAll(ofTool(index, items.size(), form, call.get(), response)));
            } else {
                items.add(answered(index, items.size(), CallKind.FUNCTION, response));
            }
        }
        return items;
    }

    private List<Item> ofTool(int step, int ordinal, CallForm form, ToolCall call, ToolResponse response) {
        return switch (form) {
            case CallForm.Hosted hosted
            when hosted.hosted() == HostedKind.SHELL ->
                isWithinLimit(step) ? ShellItems.ran(turn.id(), step, hosted, call, response) : List.of();
            case CallForm.Hosted hosted ->
                isWithinLimit(step)
                        ? List.of(new Item.Hosted(
                                ItemId.ofOutput(prefix(hosted), turn.id(), step, ordinal),
                                hosted,
                                call,
                                Optional.of(response),
                                response.failed() ? ItemStatus.FAILED : ItemStatus.COMPLETED,
                                agreed(step).map(Item.Asked::id)))
                        : List.of();
            case CallForm.Function _, CallForm.Custom _, CallForm.ClientBuiltIn _, CallForm.Grouped _ ->
                List.of(answered(step, ordinal, form.kind(), response));
        };
    }

    private Item answered(int step, int ordinal, CallKind kind, ToolResponse response) {
        return new Item.Answered(
                ItemId.ofOutput("fco", turn.id(), step, ordinal),
                kind,
                response.callId(),
                MessageItems.output(response.content()),
                ItemStatus.COMPLETED);
    }

    /** What the client has agreed to that a step has run, or is to run. */
    private Optional<Item.Asked> agreed(int step) {
        return Approvals.open(turn.input(), turn.steps().subList(0, step)).stream()
                .findFirst();
    }

    /** Whether the calls of a step are among those that the turn may have run (responses-api 1, max_tool_calls). */
    private boolean isWithinLimit(int step) {
        return HostedCalls.mayRun(turn.spec(), turn.steps().subList(0, step));
    }
}
