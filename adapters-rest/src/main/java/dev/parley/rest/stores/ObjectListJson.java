package dev.parley.rest.stores;

import dev.parley.application.port.Page;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param firstId null when there are none
 * @param lastId where the next part begins behind; null when there are none
 */
@WireRecord
@Schema(name = "ObjectList")
record ObjectListJson(
        String object,
        List<? extends WireBody> data,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean hasMore)
        implements WireBody {

    static <D> ObjectListJson of(Page<D> page, Function<D, ? extends WireBody> json, Function<D, String> id) {
        List<D> items = page.items();
        return new ObjectListJson(
                "list",
                items.stream().map(json).toList(),
                items.isEmpty() ? null : id.apply(items.getFirst()),
                items.isEmpty() ? null : id.apply(items.getLast()),
                page.hasMore());
    }
}
