package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.TurnId;
import java.util.Map;
import java.util.Set;

/** All items that are stored, wherever: given to turns, told by turns, or kept in conversations. */
public interface Items {

    /** Those of the items that the owner has; unknown ids are left out. Blocks on the store. */
    Map<ItemId, Item> find(Owner owner, Set<ItemId> ids);

    /**
     * The turns that may have an item of this id: the one that the id leads to, which need not be there, and those of the
     * owner that were given it under an id that does not lead to them. Blocks on the store.
     */
    Set<TurnId> holders(Owner owner, ItemId id);
}
