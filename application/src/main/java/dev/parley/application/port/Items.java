package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import java.util.Map;
import java.util.Set;

/** All items that are stored, wherever: given to turns, told by turns, or kept in conversations. */
public interface Items {

    /** Those of the items that the owner has; unknown ids are left out. Blocks on the store. */
    Map<ItemId, Item> find(Owner owner, Set<ItemId> ids);
}
