package dev.parley.rest.agents;

import static dev.parley.rest.agents.AgentsController.ALPHA;
import static dev.parley.rest.agents.AgentsController.V1;

import dev.parley.application.session.CreateSession;
import dev.parley.application.session.DeleteSession;
import dev.parley.application.session.ReadSessions;
import dev.parley.domain.Owner;
import dev.parley.domain.session.Session;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sessions of an agent (agents-api A5 to A8). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Agents")
final class SessionsController {

    private static final String SESSION = "/{agentId}/session/{sessionId}";

    private final CreateSession createSession;
    private final ReadSessions readSessions;
    private final DeleteSession deleteSession;

    SessionsController(CreateSession createSession, ReadSessions readSessions, DeleteSession deleteSession) {
        this.createSession = createSession;
        this.readSessions = readSessions;
        this.deleteSession = deleteSession;
    }

    /** Open a session with an agent. */
    @Post(uris = {V1 + "/{agentId}/session", ALPHA + "/{agentId}/session"})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.CreateSession.class)))
    Created createSession(HttpRequest<byte[]> request, String agentId) {
        Session session = createSession.create(
                Owner.SOLE,
                PathIds.agent(agentId),
                JsonField.body(request).at("session_name").string());
        return new Created(session.id().value());
    }

    /** Get a session with its turns, or with those named in turn_ids: once with commas between them, or repeated. */
    @Get(uris = {V1 + SESSION, ALPHA + SESSION})
    SessionJson getSession(String agentId, String sessionId, @QueryValue("turn_ids") @Nullable List<String> turnIds) {
        ReadSessions.SessionWithTurns found =
                readSessions.get(Owner.SOLE, PathIds.agent(agentId), PathIds.session(sessionId), turns(turnIds));
        return SessionJson.of(found.session(), found.turns());
    }

    /** List the sessions of an agent, oldest first, without their turns. */
    @Get(uris = {V1 + "/{agentId}/sessions", ALPHA + "/{agentId}/sessions"})
    ListJson<SessionJson> listSessions(
            HttpRequest<?> request,
            String agentId,
            @Parameter(schema = @Schema(type = "integer")) @QueryValue("start_index") @Nullable String startIndex,
            @Parameter(schema = @Schema(type = "integer")) @QueryValue("limit") @Nullable String limit) {
        return ListJson.of(
                readSessions.list(Owner.SOLE, PathIds.agent(agentId), Slices.of(startIndex, limit)),
                session -> SessionJson.of(session, List.of()),
                request.getPath());
    }

    /** Delete a session with all its turns. */
    @Delete(uris = {V1 + SESSION, ALPHA + SESSION})
    RawJson deleteSession(String agentId, String sessionId) {
        deleteSession.delete(Owner.SOLE, PathIds.agent(agentId), PathIds.session(sessionId));
        return RawJson.NULL;
    }

    private static Set<TurnId> turns(@Nullable List<String> turnIds) {
        return (turnIds == null ? List.<String>of() : turnIds)
                .stream()
                        .flatMap(ids -> Stream.of(ids.split(",")))
                        .filter(id -> !id.isBlank())
                        .map(PathIds::turn)
                        .collect(Collectors.toSet());
    }

    @WireRecord
    @Schema(name = "AgentSessionCreateResponse")
    record Created(String sessionId) implements WireBody {}
}
