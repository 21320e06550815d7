package dev.parley.rest.agents;

import static dev.parley.rest.agents.AgentsController.ALPHA;
import static dev.parley.rest.agents.AgentsController.V1;

import dev.parley.application.port.Caller;
import dev.parley.application.turn.CreateTurn;
import dev.parley.application.turn.ReadTurns;
import dev.parley.application.turn.ResumeTurn;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.SessionId;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireJson;
import dev.parley.rest.json.WireRecord;
import dev.parley.rest.sse.TurnResponses;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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

/** Turns of a session and their steps (agents-api A9 to A12). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Agents")
final class TurnsController {

    private static final String TURNS = "/{agentId}/session/{sessionId}/turn";
    private static final String TURN = TURNS + "/{turnId}";
    private static final String RESUME = TURN + "/resume";
    private static final String STEP = TURN + "/step/{stepId}";

    private final CreateTurn createTurn;
    private final ResumeTurn resumeTurn;
    private final ReadTurns readTurns;
    private final TurnResponses responses;
    private final AgentsProjector projector;
    private final WireJson json;

    TurnsController(
            CreateTurn createTurn,
            ResumeTurn resumeTurn,
            ReadTurns readTurns,
            TurnResponses responses,
            AgentsProjector projector,
            WireJson json) {
        this.createTurn = createTurn;
        this.resumeTurn = resumeTurn;
        this.readTurns = readTurns;
        this.responses = responses;
        this.projector = projector;
        this.json = json;
    }

    /** Begin a turn. With stream, its steps are told as they happen; without, the answer comes when the turn rests. */
    @Post(uris = {V1 + TURNS, ALPHA + TURNS})
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.CreateTurn.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The turn at rest, or its events as they happen",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TurnJson.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string"))
            })
    CompletionStage<HttpResponse<?>> createTurn(
            HttpRequest<byte[]> request,
            String agentId,
            String sessionId,
            @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        CreateTurnRequest asked = CreateTurnRequest.read(JsonField.body(request));
        AgentId agent = PathIds.agent(agentId);
        SessionId session = PathIds.session(sessionId);
        Caller caller = ProviderData.caller(request);
        return answer(
                request,
                asked.stream(),
                (sink, cancellation) -> createTurn.create(
                        caller, asked.command(agent, session, idempotencyKey, json), sink, cancellation));
    }

    /** Go on with a turn that awaits input. Streamed or not as at its beginning. */
    @Post(uris = {V1 + RESUME, ALPHA + RESUME})
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.ResumeTurn.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The turn at rest, or its events as they happen",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TurnJson.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string"))
            })
    CompletionStage<HttpResponse<?>> resumeTurn(
            HttpRequest<byte[]> request, String agentId, String sessionId, String turnId) {
        ResumeTurnRequest asked = ResumeTurnRequest.read(JsonField.body(request));
        ResumeTurn.Command command = new ResumeTurn.Command(
                PathIds.agent(agentId), PathIds.session(sessionId), PathIds.turn(turnId), asked.toolResponses());
        Caller caller = ProviderData.caller(request);
        return answer(
                request,
                asked.stream(),
                (sink, cancellation) -> resumeTurn.resume(caller, command, sink, cancellation));
    }

    /** Get a turn, in whatever state it is. */
    @Get(uris = {V1 + TURN, ALPHA + TURN})
    TurnJson getTurn(String agentId, String sessionId, String turnId) {
        return TurnJson.of(
                readTurns.get(Owner.SOLE, PathIds.agent(agentId), PathIds.session(sessionId), PathIds.turn(turnId)));
    }

    /** Get a step of a turn. */
    @Get(uris = {V1 + STEP, ALPHA + STEP})
    StepResponse getStep(String agentId, String sessionId, String turnId, String stepId) {
        ReadTurns.TurnStep found = readTurns.step(
                Owner.SOLE,
                PathIds.agent(agentId),
                PathIds.session(sessionId),
                PathIds.turn(turnId),
                PathIds.step(stepId));
        return StepJson.of(found.turn(), found.id(), found.step())
                .map(StepResponse::new)
                .orElseThrow(() -> Refusal.notFound("Step", stepId));
    }

    private CompletionStage<HttpResponse<?>> answer(HttpRequest<?> request, boolean stream, TurnResponses.Work work) {
        return stream ? responses.stream(request, projector, work) : responses.once(request, work, TurnJson::of);
    }

    @WireRecord
    @Schema(name = "AgentStepResponse")
    record StepResponse(StepJson step) implements WireBody {}
}
