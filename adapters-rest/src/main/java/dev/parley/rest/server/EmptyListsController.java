package dev.parley.rest.server;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** What clients look through before they begin, and what this server has none of: shields (agents-api 9.1). */
@Controller("/v1")
@Tag(name = "Shields")
final class EmptyListsController {

    private static final DataJson NOTHING = new DataJson(List.of());

    /** List the shields: none. */
    @Get("/shields")
    DataJson shields() {
        return NOTHING;
    }
}
