package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.tool.CallForm;
import dev.parley.rest.json.ObjectText;
import java.util.List;
import java.util.Optional;

/** A call of the shell that this server runs, told command by command. Its events name no item, but for the place of it. */
final class OpenShellCall implements OpenItem {

    private final Item.Called item;
    private final int outputIndex;
    private final Telling telling;

    /** @param item of which it is told how it begins */
    OpenShellCall(Item.Called item, CallForm.Hosted form, int outputIndex, Telling telling) {
        this.item = item;
        this.outputIndex = outputIndex;
        this.telling = telling;
        ObjectText begun = CallJson.begin(of(ItemStatus.IN_PROGRESS), CallJson.SHELL);
        telling.item(ResponseEvent.ITEM_ADDED, outputIndex, ShellJson.untold(begun, item.call(), form));
    }

    @Override
    public ItemId id() {
        return item.id();
    }

    @Override
    public Optional<Item> soFar(ItemStatus status) {
        return Optional.of(of(status));
    }

    @Override
    public void finish(Item finished) {
        List<String> commands = ShellJson.commands(item.call());
        for (int index = 0; index < commands.size(); index++) {
            String command = commands.get(index);
            byte[] place = Telling.ascii(",\"output_index\":%s,\"command_index\":%s".formatted(outputIndex, index));
            telling.at(ResponseEvent.COMMAND_ADDED, place, new ObjectText().string("command", ""));
            if (!command.isEmpty()) {
                telling.piece(ResponseEvent.COMMAND_DELTA, Telling.join(place, ",\"delta\":"), command);
            }
            telling.at(ResponseEvent.COMMAND_DONE, place, new ObjectText().string("command", command));
        }
        telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(finished));
    }

    private Item.Called of(ItemStatus status) {
        return new Item.Called(item.id(), item.form(), item.call(), status);
    }
}
