package dev.parley.rest.responses;

import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.domain.item.ItemId;
import io.micronaut.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a request asks for in its address. An empty parameter is the same as none. */
record Query(HttpRequest<?> request) {

    private static final int MOST_ITEMS = 100;
    private static final int USUAL_ITEMS = 20;

    /** What else is to be shown; clients write lists in three ways (responses-api 0). */
    Includes include() {
        Set<String> values = new HashSet<>();
        Stream.of("include", "include[]")
                .flatMap(name -> request.getParameters().getAll(name).stream())
                .flatMap(list -> Stream.of(list.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .forEach(values::add);
        return Includes.of(values);
    }

    /** Which items of a list are wanted; the newest come first unless they are asked for otherwise (responses-api 6.4). */
    ItemSlice slice() {
        int limit = param("limit").map(most -> most.integer(1, MOST_ITEMS)).orElse(USUAL_ITEMS);
        boolean oldestFirst = param("order")
                .map(word -> word.word(Words.of("asc", "desc")))
                .filter("asc"::equals)
                .isPresent();
        return new ItemSlice(text("after").map(ItemId::new), limit, !oldestFirst);
    }

    boolean flag(String name, boolean otherwise) {
        return param(name).map(Param::bool).orElse(otherwise);
    }

    /** The number of the last event that a reader has had; negative when it has had none. */
    long startingAfter() {
        return param("starting_after")
                .map(last -> last.integer(0, Integer.MAX_VALUE))
                .orElse(-1);
    }

    private Optional<Param> param(String name) {
        return text(name).map(value -> Param.query(name, value));
    }

    private Optional<String> text(String name) {
        List<String> values = request.getParameters().getAll(name);
        return values.stream().filter(value -> !value.isEmpty()).findFirst().map(Query::storable);
    }

    /** The store has no place for NUL, so there is nothing by such a name. */
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
