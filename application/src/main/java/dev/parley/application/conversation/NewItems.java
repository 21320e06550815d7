package dev.parley.application.conversation;

import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What items must keep to before they come into a conversation. */
final class NewItems {

    private NewItems() {}

    /** @throws Refusal when two of them have the same id */
    static void requireDistinct(List<Item> items) {
        Set<ItemId> ids = new HashSet<>();
        for (Item item : items) {
            if (!ids.add(item.id())) {
                throw duplicate(item.id());
            }
        }
    }

    static Refusal duplicate(ItemId id) {
        return Refusal.invalid(
                "items",
                "Duplicate item found with id %s. Remove duplicate items from your input and try again.".formatted(id));
    }
}
