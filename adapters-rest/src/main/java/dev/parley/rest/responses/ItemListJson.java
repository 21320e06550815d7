package dev.parley.rest.responses;

import dev.parley.application.port.Page;
import dev.parley.domain.item.Item;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of items (responses-api 6.4).
 *
 * @param firstId null when there are none
 * @param lastId where the next part begins behind; null when there are none
 */
@WireRecord
@Schema(name = "ItemList")
record ItemListJson(
        String object,
        @Schema(description = "Items") List<Object> data,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean hasMore)
        implements WireBody {

    static ItemListJson of(Page<Item> page, ItemJson json, Includes include) {
        List<Item> items = page.items();
        return new ItemListJson(
                "list",
                items.stream().<Object>map(item -> json.of(item, include)).toList(),
                items.isEmpty() ? null : items.getFirst().id().value(),
                items.isEmpty() ? null : items.getLast().id().value(),
                page.hasMore());
    }
}
