package dev.parley.rest.responses;

import static dev.parley.rest.responses.ResponsePaths.OPENAI;
import static dev.parley.rest.responses.ResponsePaths.RESPONSES;

import dev.parley.application.response.CompactContext;
import dev.parley.application.response.CountTokens;
import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.Seal;
import dev.parley.domain.Owner;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.sse.TurnResponses;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
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

/** What a response would be shown: how long it is, and what can stand for it (responses-api 6.1 and 6.2). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Responses")
final class ContextController {

    private static final String INPUT_TOKENS = RESPONSES + "/input_tokens";
    private static final String COMPACT = RESPONSES + "/compact";

    private final CreateResponse createResponse;
    private final CountTokens countTokens;
    private final CompactContext compactContext;
    private final TurnResponses responses;
    private final ResponseJson json;
    private final Seal seal;

    ContextController(
            CreateResponse createResponse,
            CountTokens countTokens,
            CompactContext compactContext,
            TurnResponses responses,
            ResponseJson json,
            Seal seal) {
        this.createResponse = createResponse;
        this.countTokens = countTokens;
        this.compactContext = compactContext;
        this.responses = responses;
        this.json = json;
        this.seal = seal;
    }

    /** Count the tokens of what a model would be shown. */
    @Post(uris = {INPUT_TOKENS, OPENAI + INPUT_TOKENS})
    @Produces(MediaType.APPLICATION_JSON)
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.CountTokens.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The number of tokens",
            content = @Content(schema = @Schema(type = "object")))
    WireBody countInputTokens(HttpRequest<byte[]> request) {
        TurnId id = createResponse.newId();
        return InputTokensJson.of(
                countTokens.count(Owner.SOLE, ContextRequest.toCount(Param.bodyOrNone(request), id, seal)));
    }

    /** Have a conversation put into a few words, which can be given as the input of a response in its place. */
    @Post(uris = {COMPACT, OPENAI + COMPACT})
    @Produces(MediaType.APPLICATION_JSON)
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.Compact.class)))
    @ApiResponse(
            responseCode = "200",
            description = "What stands for the conversation",
            content = @Content(schema = @Schema(type = "object")))
    CompletionStage<HttpResponse<?>> compact(HttpRequest<byte[]> request) {
        CreateResponse.Command command = ContextRequest.toCompact(Param.body(request), createResponse.newId(), seal);
        return responses.once(
                request,
                (_, cancellation) -> compactContext.compact(Owner.SOLE, command, cancellation),
                json::ofCompacted);
    }
}
