package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import java.util.Optional;

/** A server of tools that is being asked what it has. */
final class OpenListing implements OpenItem {

    private final Item.Listed begun;
    private final int outputIndex;
    private final Telling telling;
    private final byte[] place;

    /** @param begun the item while nothing is known */
    OpenListing(Item.Listed begun, int outputIndex, Telling telling) {
        this.begun = begun;
        this.outputIndex = outputIndex;
        this.telling = telling;
        this.place = Telling.place(begun.id(), outputIndex);
        telling.item(ResponseEvent.ITEM_ADDED, outputIndex, telling.json(begun));
        telling.at(ResponseEvent.MCP_LIST_IN_PROGRESS, place);
    }

    @Override
    public ItemId id() {
        return begun.id();
    }

    @Override
    public Optional<Item> soFar(ItemStatus status) {
        return Optional.of(begun);
    }

    @Override
    public void finish(Item finished) {
        boolean failed =
                finished instanceof Item.Listed listed && listed.error().isPresent();
        telling.at(failed ? ResponseEvent.MCP_LIST_FAILED : ResponseEvent.MCP_LIST_COMPLETED, place);
        telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(finished));
    }
}
