package dev.parley.application.response;

import dev.parley.application.port.Items;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the items in the place of the references to them (responses-api 3.1). So it does with calls of this server that a client
 * brings back without what they have brought, which it was not told: the store knows.
 */
public final class References {

    private final Items items;

    public References(Items items) {
        this.items = items;
    }

    /**
     * The items that are meant, in their order. Blocks on the store when there are references, or items to be completed.
     *
     * @throws Refusal when the owner has no item of an id that is referred to
     */
    public List<Item> resolve(Owner owner, List<InputItem> input) {
        Set<ItemId> ids = new LinkedHashSet<>();
        for (InputItem item : input) {
            switch (item) {
                case InputItem.Reference(ItemId id) -> ids.add(id);
                case InputItem.Given(Item given) -> {
                    if (mayBeKnownBetter(given)) {
                        ids.add(given.id());
                    }
                }
            }
        }
        Map<ItemId, Item> found = ids.isEmpty() ? Map.of() : items.find(owner, ids);
        List<Item> resolved = new ArrayList<>();
        for (InputItem item : input) {
            resolved.add(
                    switch (item) {
                        case InputItem.Given(Item given) ->
                            mayBeKnownBetter(given) && found.get(given.id()) instanceof Item.Hosted known
                                    ? known
                                    : given;
                        case InputItem.Reference(ItemId id) -> {
                            Item meant = found.get(id);
                            if (meant == null) {
                                throw notFound(id);
                            }
                            yield meant;
                        }
                    });
        }
        return resolved;
    }

    /** A call without a result says nothing to a model, so none is told of it (responses-api 10.1). */
    private static boolean mayBeKnownBetter(Item given) {
        return given instanceof Item.Opaque && given.id().turn().isPresent();
    }

    private static Refusal notFound(ItemId id) {
        return Refusal.of(
                Refusal.Code.NOT_FOUND,
                "Item with id '%s' not found. Items are not persisted when `store` is set to false; try again with `store` set to true, or remove this item from your input."
                        .formatted(id),
                "input");
    }
}
