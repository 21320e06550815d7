package dev.parley.rest.server;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/**
 * What clients look through before they begin, and what this server has none of: tool groups and tools of its own.
 * A tool group that does not exist has no tools, which is no error (agents-api 9.1).
 */
@Controller("/v1")
@Tag(name = "Tools")
final class EmptyListsController {

    private static final DataJson NOTHING = new DataJson(List.of());

    /** List the tool groups: none. */
    @Get("/toolgroups")
    DataJson toolGroups() {
        return NOTHING;
    }

    /** List the tools, of whatever group: none. */
    @Get("/tools")
    DataJson tools() {
        return NOTHING;
    }
}
