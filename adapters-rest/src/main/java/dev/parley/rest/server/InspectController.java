package dev.parley.rest.server;

import dev.parley.application.turn.RunningTurns;
import dev.parley.domain.Refusal;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.web.router.Router;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.List;

/** What the server is and offers. */
@Controller("/v1")
@Tag(name = "Inspect")
final class InspectController {

    /**
     * The version of the Agents API that we speak, which is what clients compare theirs with (agents-api 1.4). It is not
     * the version of this server.
     */
    private static final String SPOKEN_VERSION = "0.2.23";

    private final RunningTurns running;
    private final Router router;

    InspectController(RunningTurns running, Router router) {
        this.running = running;
        this.router = router;
    }

    /** Whether turns are taken: 200, or 503 while the server stops. */
    @Get("/health")
    Health health() {
        if (!running.isOpen()) {
            throw Refusal.of(Refusal.Code.UNAVAILABLE, "The server is stopping and takes no new turns");
        }
        return new Health("OK");
    }

    /** The version of the interface. */
    @Get("/version")
    Version version() {
        return new Version(SPOKEN_VERSION);
    }

    /** Every route of the server. */
    @Get("/inspect/routes")
    DataJson routes() {
        List<Route> routes = router.uriRoutes()
                .map(route -> new Route(route.getUriMatchTemplate().toString(), route.getHttpMethodName(), List.of()))
                .distinct()
                .sorted(Comparator.comparing(Route::route).thenComparing(Route::method))
                .toList();
        return new DataJson(routes);
    }

    @WireRecord
    @Schema(name = "HealthInfo")
    record Health(String status) implements WireBody {}

    @WireRecord
    @Schema(name = "VersionInfo")
    record Version(String version) implements WireBody {}

    @WireRecord
    @Schema(name = "RouteInfo")
    record Route(String route, String method, List<String> providerTypes) implements WireBody {}
}
