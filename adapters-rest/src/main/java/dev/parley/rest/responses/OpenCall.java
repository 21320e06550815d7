package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.rest.json.ObjectText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call for the client that is being told. Its arguments are told as they come where the client is to see them as they
 * are, else once they are whole. That the item is done is only told when it is known whether the model was cut off.
 */
final class OpenCall implements OpenItem {

    private final ItemId id;
    private final CallForm form;
    private final String callId;
    private final String toolName;
    private final int outputIndex;
    private final Telling telling;
    private final byte[] place;
    private final byte[] delta;
    private final Grown arguments = new Grown();
    private @Nullable ToolCall whole;

    OpenCall(ItemId id, CallForm form, String callId, String toolName, int outputIndex, Telling telling) {
        this.id = id;
        this.form = form;
        this.callId = callId;
        this.toolName = toolName;
        this.outputIndex = outputIndex;
        this.telling = telling;
        this.place = Telling.place(id, outputIndex);
        this.delta = Telling.join(place, ",\"delta\":");
        if (!isBuiltIn()) {
            added(new ToolCall(callId, toolName, new ToolArguments.Malformed("")));
        }
    }

    @Override
    public ItemId id() {
        return id;
    }

    boolean isOf(String call) {
        return callId.equals(call);
    }

    void add(String fragment) {
        arguments.add(fragment);
        if ((form instanceof CallForm.Function || form instanceof CallForm.Grouped) && !fragment.isEmpty()) {
            telling.piece(ResponseEvent.ARGUMENTS_DELTA, delta, fragment);
        }
    }

    /** The arguments are whole. */
    void close(ToolCall call) {
        whole = call;
        String text = call.arguments().text();
        switch (form) {
            case CallForm.Function(String name, var _) -> doneAs(name, text);
            case CallForm.Grouped _ -> doneAs(toolName, text);
            case CallForm.Custom _ -> {
                String input = CallJson.input(text);
                if (!input.isEmpty()) {
                    telling.piece(ResponseEvent.INPUT_DELTA, delta, input);
                }
                telling.at(ResponseEvent.INPUT_DONE, place, new ObjectText().string("input", input));
            }
            case CallForm.ClientBuiltIn _ -> added(call);
            case CallForm.Hosted _ -> throw new IllegalStateException("a call that this server runs is told by itself");
        }
    }

    private void doneAs(String name, String text) {
        add(arguments.missing(text));
        telling.at(
                ResponseEvent.ARGUMENTS_DONE,
                place,
                new ObjectText().string("name", name).string("arguments", text));
    }

    @Override
    public Optional<Item> soFar(ItemStatus status) {
        if (whole == null && isBuiltIn()) {
            return Optional.empty();
        }
        ToolCall call = whole != null
                ? whole
                : new ToolCall(callId, toolName, new ToolArguments.Malformed(arguments.toString()));
        return Optional.of(called(call, status));
    }

    @Override
    public void finish(Item finished) {
        if (whole == null) {
            close(
                    finished instanceof Item.Called(var _, var _, ToolCall call, var _)
                            ? call
                            : new ToolCall(callId, toolName, new ToolArguments.Malformed(arguments.toString())));
        }
        telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(finished));
    }

    private boolean isBuiltIn() {
        return form instanceof CallForm.ClientBuiltIn;
    }

    private void added(ToolCall call) {
        telling.item(ResponseEvent.ITEM_ADDED, outputIndex, telling.json(called(call, ItemStatus.IN_PROGRESS)));
    }

    private Item called(ToolCall call, ItemStatus status) {
        return new Item.Called(id, form, call, status);
    }
}
