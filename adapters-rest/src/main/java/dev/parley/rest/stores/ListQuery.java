package dev.parley.rest.stores;

import dev.parley.application.port.Listing;
import dev.parley.rest.responses.Param;
import dev.parley.rest.responses.Words;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.SequencedMap;

/** Which part of a list a request asks for in its address (responses-api 6.4). An empty parameter is the same as none. */
record ListQuery(HttpRequest<?> request) {

    private static final int USUAL = 20;
    private static final int MOST = 100;

    /** The newest come first unless they are asked for otherwise. */
    Listing listing() {
        return listing(USUAL, MOST);
    }

    /** The same with other limits. */
    Listing listing(int usual, int most) {
        int limit = text("limit")
                .map(text -> Param.query("limit", text).integer(1, most))
                .orElse(usual);
        boolean oldestFirst = text("order")
                .map(text -> Param.text("order", text).word(Words.of("asc", "desc")))
                .filter("asc"::equals)
                .isPresent();
        return new Listing(text("after"), text("before"), limit, !oldestFirst);
    }

    /** What the parameter's word stands for; empty when it is not there. */
    <T> Optional<T> meaning(String name, SequencedMap<String, T> words) {
        return text(name).map(text -> Param.text(name, text).meaning(words));
    }

    /** The parameter; empty when it is not there. The store has no place for NUL, so there is nothing by such a name. */
    Optional<String> text(String name) {
        return request.getParameters().getAll(name).stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.replace('\0', '\uFFFD'));
    }
}
