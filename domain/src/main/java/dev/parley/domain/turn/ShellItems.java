package dev.parley.domain.turn;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import dev.parley.domain.tool.ShellOutput;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import java.util.Optional;

/**
 * The two items that a client is told of a call of this server's shell: the call, and what it has come to (responses-api 9.5).
 * They name the call by an id of this server's: the model's own may come again, within one response and when an attempt was
 * lost, and clients take no two calls of one id.
 */
final class ShellItems {

    private static final JsonText NOTHING_YET = new ShellOutput(List.of(), Optional.empty()).members();

    private ShellItems() {}

    /** The items while the call runs: it is whole, and nothing has come of it. */
    static List<Item> running(TurnId turn, int step, CallForm.Hosted form, ToolCall call) {
        return List.of(called(turn, step, form, call), answered(turn, step, NOTHING_YET, ItemStatus.IN_PROGRESS));
    }

    /** The items once it has run; where it could not be, the answer says why. */
    static List<Item> ran(TurnId turn, int step, CallForm.Hosted form, ToolCall call, ToolResponse response) {
        JsonText members = new JsonText(response.content().text());
        return List.of(called(turn, step, form, call), answered(turn, step, members, ItemStatus.COMPLETED));
    }

    private static Item called(TurnId turn, int step, CallForm.Hosted form, ToolCall call) {
        return new Item.Called(
                ItemId.ofOutput("sh", turn, step, 0),
                form,
                new ToolCall(callId(turn, step), call.toolName(), call.arguments()),
                ItemStatus.COMPLETED);
    }

    private static Item answered(TurnId turn, int step, JsonText members, ItemStatus status) {
        return new Item.Answered(
                ItemId.ofOutput("sho", turn, step, 1),
                CallKind.SHELL,
                callId(turn, step),
                new CallOutput.Members(members),
                status);
    }

    private static String callId(TurnId turn, int step) {
        return ItemId.ofOutput("call", turn, step, 0).value();
    }
}
