package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import java.util.List;
import java.util.Optional;

/** An item of which the reader has been told the beginning. */
sealed interface OpenItem
        permits OpenMessage,
                OpenThought,
                OpenCall,
                OpenHosted,
                OpenShellCall,
                OpenShellOutput,
                OpenListing,
                OpenItem.Whole {

    ItemId id();

    /** What was told of it so far, as an item of that status; empty while that is nothing. */
    Optional<Item> soFar(ItemStatus status);

    /** Tells what the reader has not been told of the finished item, and closes it. */
    void finish(Item finished);

    /** Begins to tell an item that is known already. */
    static OpenItem of(Item item, int outputIndex, Telling telling) {
        return switch (item) {
            case Item.Said said -> OpenMessage.of(said, outputIndex, telling);
            case Item.Thought thought ->
                new OpenThought(thought.id(), outputIndex, !thought.summary().isEmpty(), telling);
            case Item.Called called
            when called.form() instanceof CallForm.Hosted form -> new OpenShellCall(called, form, outputIndex, telling);
            case Item.Answered answered
            when answered.kind() == CallKind.SHELL -> new OpenShellOutput(answered, outputIndex, telling);
            case Item.Called called ->
                new OpenCall(
                        called.id(),
                        called.form(),
                        called.call().callId(),
                        called.call().toolName(),
                        outputIndex,
                        telling);
            case Item.Hosted hosted -> new OpenHosted(hosted, outputIndex, telling);
            case Item.Listed listed ->
                new OpenListing(
                        new Item.Listed(listed.id(), listed.serverLabel(), List.of(), Optional.empty()),
                        outputIndex,
                        telling);
            case Item.Asked _,
                    Item.Decided _,
                    Item.Answered _,
                    Item.Compacted _,
                    Item.CompactionTrigger _,
                    Item.Opaque _ -> new Whole(item, outputIndex, telling);
        };
    }

    /** An item that is told in one piece. */
    record Whole(Item item, int outputIndex, Telling telling) implements OpenItem {

        @Override
        public ItemId id() {
            return item.id();
        }

        @Override
        public Optional<Item> soFar(ItemStatus status) {
            return Optional.empty();
        }

        @Override
        public void finish(Item finished) {
            telling.item(ResponseEvent.ITEM_ADDED, outputIndex, telling.json(finished));
            telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(finished));
        }
    }
}
