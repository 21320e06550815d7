package dev.parley.application.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Agents;
import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Ids;
import dev.parley.application.port.RequestKey;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnJournal.Beginning;
import dev.parley.application.port.TurnSink;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.Agent;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Document;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnEvent;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnInput;
import dev.parley.domain.turn.TurnSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Begins the next turn of a session and drives it until it rests. */
public final class CreateTurn {

    /**
     * @param input what the client says, at least one message
     * @param documents those that are addresses are fetched once it is known that the turn is to begin
     * @param toolGroups take the place of the agent's own when there are any
     * @param toolChoice takes the place of the agent's own
     * @param request the client's own name for this request
     */
    public record Command(
            AgentId agent,
            SessionId session,
            List<Message.Input> input,
            List<GivenDocument> documents,
            List<ToolGroup> toolGroups,
            Optional<ToolChoice> toolChoice,
            Optional<RequestKey> request) {
        public Command {
            requireNonNull(agent, "agent");
            requireNonNull(session, "session");
            input = List.copyOf(input);
            documents = List.copyOf(documents);
            toolGroups = List.copyOf(toolGroups);
            requireNonNull(toolChoice, "toolChoice");
            requireNonNull(request, "request");
            if (input.isEmpty()) {
                throw Refusal.invalid("messages", "A turn needs at least one message");
            }
        }
    }

    private final Agents agents;
    private final Sessions sessions;
    private final TurnSpecs specs;
    private final ReadDocuments reading;
    private final TurnJournal journal;
    private final TurnRunner runner;
    private final Ids ids;
    private final InstantSource clock;

    public CreateTurn(
            Agents agents,
            Sessions sessions,
            TurnSpecs specs,
            ReadDocuments reading,
            TurnJournal journal,
            TurnRunner runner,
            Ids ids,
            InstantSource clock) {
        this.agents = agents;
        this.sessions = sessions;
        this.specs = specs;
        this.reading = reading;
        this.journal = journal;
        this.runner = runner;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Blocks until the turn rests. A request that was made before under the same name gives the turn that it began then,
     * told again from its start.
     *
     * @return the turn at rest
     * @throws Refusal when the agent or session does not exist, the command contradicts the agent, the session stays busy,
     *     or the request's name was used for another request; nothing was begun then
     */
    public Turn create(Caller caller, Command command, TurnSink sink, Cancellation cancellation) {
        Owner owner = caller.owner();
        Agent agent = agents.find(owner, command.agent())
                .orElseThrow(() -> Refusal.notFound("Agent", command.agent().value()));
        if (sessions.find(owner, command.agent(), command.session()).isEmpty()) {
            throw Refusal.notFound("Session", command.session().value());
        }
        Origin origin = new Origin.InSession(command.session());
        // before all else: what such a request has changed since may keep its repetition from being a request that fits
        Optional<Beginning.AlreadyBegun> known =
                command.request().flatMap(request -> journal.begunBefore(owner, origin, request));
        if (known.isPresent()) {
            return again(owner, command, known.get(), sink, cancellation);
        }
        TurnSpec spec =
                specs.forAgent(caller, agent.config(), command.toolGroups(), command.toolChoice(), cancellation);
        List<Document> documents = reading.read(command.documents(), cancellation);
        TurnId id = new TurnId(ids.next().toString());
        try (RunningTurns.Run _ = runner.enter(id, cancellation)) {
            AtomicReference<Turn> begun = new AtomicReference<>();
            Beginning beginning = runner.whenFree(
                    () -> {
                        // a new start for each try: the turn begins when its session is free, not when it was asked for
                        begun.set(Turn.begin(
                                id, origin, spec, new TurnInput.Messages(command.input(), documents), clock.instant()));
                        Beginning outcome = journal.begin(owner, begun.get(), command.request());
                        return outcome instanceof Beginning.OriginBusy ? Optional.empty() : Optional.of(outcome);
                    },
                    command.session(),
                    cancellation);
            return switch (beginning) {
                case Beginning.Begun _ -> {
                    sink.emit(new TurnEvent.TurnStarted(begun.get()));
                    yield runner.drive(caller, command.session(), begun.get(), sink, cancellation);
                }
                case Beginning.AlreadyBegun(Turn first, RequestKey request) -> {
                    requireSameRequest(request, command.request());
                    yield runner.tellAgain(owner, command.session(), first.id(), 0, sink, cancellation);
                }
                case Beginning.NoOrigin _ ->
                    throw Refusal.notFound("Session", command.session().value());
                case Beginning.OriginBusy _ -> throw TurnRunner.busy(command.session());
            };
        }
    }

    /** The turn that the same request has begun before. */
    private Turn again(
            Owner owner, Command command, Beginning.AlreadyBegun begun, TurnSink sink, Cancellation cancellation) {
        requireSameRequest(begun.request(), command.request());
        try (RunningTurns.Run _ = runner.enter(new TurnId(ids.next().toString()), cancellation)) {
            return runner.tellAgain(owner, command.session(), begun.turn().id(), 0, sink, cancellation);
        }
    }

    private static void requireSameRequest(RequestKey first, Optional<RequestKey> now) {
        if (!now.equals(Optional.of(first))) {
            throw Refusal.of(
                    Refusal.Code.CONFLICT,
                    "The idempotency key '%s' was used for another request in this session; use a new key"
                            .formatted(first.key()));
        }
    }
}
