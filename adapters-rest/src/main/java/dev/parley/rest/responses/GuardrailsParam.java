package dev.parley.rest.responses;

import java.util.List;

/** The parameter {@code guardrails}: the shields that look at what goes in and at what comes out (agents-api 11). */
final class GuardrailsParam {

    private GuardrailsParam() {}

    /** The ids of the shields, each once. Each is named by itself, or as the {@code type} of an object. */
    static List<String> read(Param in) {
        return in
                .optional(list -> list.list(entry -> (entry.isObject() ? entry.at("type") : entry).string()))
                .orElse(List.of())
                .stream()
                .distinct()
                .toList();
    }
}
