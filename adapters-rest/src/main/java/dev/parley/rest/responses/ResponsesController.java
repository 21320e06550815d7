package dev.parley.rest.responses;

import static dev.parley.rest.responses.ResponsePaths.OPENAI;
import static dev.parley.rest.responses.ResponsePaths.RESPONSES;

import dev.parley.application.response.CancelResponse;
import dev.parley.application.response.ReadResponses;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.json.WireBody;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Responses that there are (responses-api 0). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Responses")
final class ResponsesController {

    private static final String RESPONSE = RESPONSES + "/{responseId}";
    private static final String CANCEL = RESPONSE + "/cancel";
    private static final String INPUT = RESPONSE + "/input_items";

    private final ReadResponses readResponses;
    private final CancelResponse cancelResponse;
    private final ResponseStreams streams;
    private final ResponseJson json;
    private final ItemJson items;

    ResponsesController(
            ReadResponses readResponses,
            CancelResponse cancelResponse,
            ResponseStreams streams,
            ResponseJson json,
            ItemJson items) {
        this.readResponses = readResponses;
        this.cancelResponse = cancelResponse;
        this.streams = streams;
        this.json = json;
        this.items = items;
    }

    /** Get a response, however far it has come; with stream, its events from the first or behind starting_after. */
    @Get(uris = {RESPONSE, OPENAI + RESPONSE})
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @Parameter(name = "include", in = ParameterIn.QUERY, schema = @Schema(type = "array"))
    @Parameter(name = "stream", in = ParameterIn.QUERY, schema = @Schema(type = "boolean"))
    @Parameter(name = "starting_after", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
    @Parameter(name = "include_obfuscation", in = ParameterIn.QUERY, schema = @Schema(type = "boolean"))
    CompletionStage<HttpResponse<?>> getResponse(HttpRequest<?> request, String responseId) {
        TurnId id = ResponsePaths.response(responseId);
        Query query = new Query(request);
        Includes include = query.include();
        long startingAfter = query.startingAfter();
        boolean obfuscation = query.flag("include_obfuscation", true);
        if (query.flag("stream", false)) {
            return streams.follow(request, id, include, obfuscation, startingAfter);
        }
        WireBody body = json.of(readResponses.get(Owner.SOLE, id), include);
        return CompletableFuture.completedStage(HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE));
    }

    /** Delete a response; those that followed it stay. */
    @Delete(uris = {RESPONSE, OPENAI + RESPONSE})
    DeletedJson deleteResponse(String responseId) {
        readResponses.delete(Owner.SOLE, ResponsePaths.response(responseId));
        return DeletedJson.of(responseId, "response");
    }

    /** Cancel a response that runs in the background; one that has ended stays as it is. */
    @Post(uris = {CANCEL, OPENAI + CANCEL})
    @Consumes(MediaType.ALL)
    WireBody cancelResponse(String responseId) {
        return json.of(cancelResponse.cancel(Owner.SOLE, ResponsePaths.response(responseId)), Includes.NONE);
    }

    /** List all that the model was given for a response, newest first. */
    @Get(uris = {INPUT, OPENAI + INPUT})
    @Parameter(name = "include", in = ParameterIn.QUERY, schema = @Schema(type = "array"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
    @Parameter(name = "order", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "after", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    ItemListJson listInputItems(HttpRequest<?> request, String responseId) {
        Query query = new Query(request);
        return ItemListJson.of(
                readResponses.input(Owner.SOLE, ResponsePaths.response(responseId), query.slice()),
                items,
                query.include());
    }
}
