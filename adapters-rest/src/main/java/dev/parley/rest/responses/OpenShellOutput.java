package dev.parley.rest.responses;

import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Optional;

/** What a call of the shell that this server runs comes to. What its commands say is told once they have all ended. */
final class OpenShellOutput implements OpenItem {

    private static final RawJson NOTHING = new RawJson("{}");

    private final Item.Answered item;
    private final int outputIndex;
    private final Telling telling;

    /** @param item of which it is told how it begins, whatever it has come to */
    OpenShellOutput(Item.Answered item, int outputIndex, Telling telling) {
        this.item = item;
        this.outputIndex = outputIndex;
        this.telling = telling;
        telling.item(ResponseEvent.ITEM_ADDED, outputIndex, telling.json(untold(ItemStatus.IN_PROGRESS)));
    }

    @Override
    public ItemId id() {
        return item.id();
    }

    @Override
    public Optional<Item> soFar(ItemStatus status) {
        return Optional.of(untold(status));
    }

    @Override
    public void finish(Item finished) {
        if (finished instanceof Item.Answered answered
                && answered.output() instanceof CallOutput.Members(var members)) {
            tell(ShellJson.ran(members));
        }
        telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(finished));
    }

    private void tell(List<RawJson> ran) {
        for (int index = 0; index < ran.size(); index++) {
            byte[] place = Telling.join(Telling.place(item.id(), outputIndex), ",\"command_index\":" + index);
            RawJson said = ShellJson.said(ran.get(index)).end();
            if (!said.equals(NOTHING)) {
                telling.at(ResponseEvent.COMMAND_OUTPUT_DELTA, place, new ObjectText().raw("delta", said));
            }
            telling.at(
                    ResponseEvent.COMMAND_OUTPUT_DONE,
                    place,
                    new ObjectText().array("output", List.of(ran.get(index))));
        }
    }

    private Item.Answered untold(ItemStatus status) {
        return new Item.Answered(
                item.id(), item.kind(), item.callId(), new CallOutput.Members(JsonText.EMPTY_OBJECT), status);
    }
}
