package dev.parley.rest.agents;

import dev.parley.application.port.Page;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list (agents-api 3.2).
 *
 * @param url the path that the list was asked for at
 */
@WireRecord
record ListJson<T extends WireBody>(List<T> data, boolean hasMore, String url) implements WireBody {

    static <D, T extends WireBody> ListJson<T> of(Page<D> page, Function<D, T> item, String url) {
        return new ListJson<>(page.items().stream().map(item).toList(), page.hasMore(), url);
    }
}
