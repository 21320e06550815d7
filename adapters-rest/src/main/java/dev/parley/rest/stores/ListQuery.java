package dev.parley.rest.stores;

import dev.parley.application.port.Listing;
import dev.parley.domain.Refusal;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

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
        int limit = text("limit").map(text -> number(text, most)).orElse(usual);
        boolean newestFirst = switch (text("order").orElse("desc")) {
            case "desc" -> true;
            case "asc" -> false;
            default ->
                throw Refusal.invalid("order", "order must be 'asc' or 'desc'").because(Refusal.Reason.INVALID_VALUE);
        };
        return new Listing(text("after"), text("before"), limit, newestFirst);
    }

    /** The parameter; empty when it is not there. The store has no place for NUL, so there is nothing by such a name. */
    Optional<String> text(String name) {
        return request.getParameters().getAll(name).stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.replace('\0', '\uFFFD'));
    }

    private static int number(String text, int most) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Refusal.invalid("limit", "limit must be a whole number from 1 to %d, not '%s'".formatted(most, text))
                .because(Refusal.Reason.INVALID_VALUE);
    }
}
