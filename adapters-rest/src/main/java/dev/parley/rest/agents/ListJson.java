package dev.parley.rest.agents;

import dev.parley.application.port.Page;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list (agents-api 3.2).
 *
 * @param url the path that the list was asked for at
 */
@WireRecord
@Schema(name = "PaginatedResponse")
record ListJson(List<? extends WireBody> data, boolean hasMore, String url) implements WireBody {

    static <T> ListJson of(Page<T> page, Function<T, ? extends WireBody> item, String url) {
        return new ListJson(page.items().stream().map(item).toList(), page.hasMore(), url);
    }
}
