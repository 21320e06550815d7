package dev.parley.rest.server;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** The description of the interface and the page that shows it, at the addresses that users of the Agents API know (agents-api 1.1). */
@Controller
@Hidden
final class DescriptionController {

    private static final String DOCUMENT = "/META-INF/swagger/parley.json";
    private static final URI PAGE = URI.create("/swagger-ui/index.html");

    @Get("/openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    @ExecuteOn(TaskExecutors.BLOCKING)
    byte[] document() throws IOException {
        try (InputStream in = DescriptionController.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException("the build did not make " + DOCUMENT);
            }
            return in.readAllBytes();
        }
    }

    @Get("/docs")
    HttpResponse<?> page() {
        return HttpResponse.temporaryRedirect(PAGE);
    }
}
