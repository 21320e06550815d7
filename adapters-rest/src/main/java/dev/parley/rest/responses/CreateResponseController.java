package dev.parley.rest.responses;

import static dev.parley.rest.responses.ResponsePaths.OPENAI;
import static dev.parley.rest.responses.ResponsePaths.RESPONSES;

import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.Seal;
import dev.parley.domain.Owner;
import dev.parley.rest.sse.TurnResponses;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks for responses (responses-api 1). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Responses")
final class CreateResponseController {

    private final CreateResponse createResponse;
    private final TurnResponses responses;
    private final ResponseStreams streams;
    private final ResponseJson json;
    private final Seal seal;

    CreateResponseController(
            CreateResponse createResponse,
            TurnResponses responses,
            ResponseStreams streams,
            ResponseJson json,
            Seal seal) {
        this.createResponse = createResponse;
        this.responses = responses;
        this.streams = streams;
        this.json = json;
        this.seal = seal;
    }

    /** Create a response. With stream, its events are told as they happen; without, the answer comes when it is done. */
    @Post(uris = {RESPONSES, OPENAI + RESPONSES})
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.CreateResponse.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The response, or its events as they happen",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string"))
            })
    CompletionStage<HttpResponse<?>> createResponse(
            HttpRequest<byte[]> request, @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        CreateResponseRequest asked = CreateResponseRequest.read(Param.body(request), createResponse.newId(), seal);
        CreateResponse.Command command = asked.command(idempotencyKey);
        return asked.stream()
                ? streams.create(request, asked, command)
                : responses.once(
                        request,
                        (sink, cancellation) -> createResponse.create(Owner.SOLE, command, sink, cancellation),
                        turn -> json.of(turn, asked.include()));
    }
}
