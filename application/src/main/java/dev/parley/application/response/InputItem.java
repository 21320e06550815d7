package dev.parley.application.response;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;

/** One item of a request: the item itself, or the id of one that this server has. */
public sealed interface InputItem {

    record Given(Item item) implements InputItem {
        public Given {
            requireNonNull(item, "item");
        }
    }

    record Reference(ItemId id) implements InputItem {
        public Reference {
            requireNonNull(id, "id");
        }
    }
}
