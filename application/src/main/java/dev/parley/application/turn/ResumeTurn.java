package dev.parley.application.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Sessions;
import dev.parley.application.port.TurnJournal;
import dev.parley.application.port.TurnSink;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Goes on with a turn with what the client's tools gave. */
public final class ResumeTurn {

    public record Command(AgentId agent, SessionId session, TurnId turn, List<ToolResponse> responses) {
        public Command {
            requireNonNull(agent, "agent");
            requireNonNull(session, "session");
            requireNonNull(turn, "turn");
            responses = List.copyOf(responses);
        }
    }

    private final Sessions sessions;
    private final Turns turns;
    private final TurnJournal journal;
    private final TurnRunner runner;
    private final InstantSource clock;

    public ResumeTurn(Sessions sessions, Turns turns, TurnJournal journal, TurnRunner runner, InstantSource clock) {
        this.sessions = sessions;
        this.turns = turns;
        this.journal = journal;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Blocks until the turn rests again. The same answer given twice gives the same turn, whoever is first; the second is
     * told what the first one started.
     *
     * @return the turn at rest
     * @throws Refusal when there is no such turn, it is not the last of its session, the answer does not fit its calls, it
     *     has had another answer, or the session stays busy
     */
    public Turn resume(Caller caller, Command command, TurnSink sink, Cancellation cancellation) {
        Owner owner = caller.owner();
        if (sessions.find(owner, command.agent(), command.session()).isEmpty()) {
            throw Refusal.notFound("Session", command.session().value());
        }
        int from;
        try (RunningTurns.Run _ = runner.enter(command.turn(), cancellation)) {
            switch (runner.whenFree(() -> attempt(owner, command), command.session(), cancellation)) {
                case Attempt.Won(Turn before, Turn turn) -> {
                    turn.factsSince(before).forEach(sink::emit);
                    sink.flush();
                    return runner.drive(caller, command.session(), turn, sink, cancellation);
                }
                case Attempt.Repeated(int answer) -> from = answer;
            }
        }
        // outside of the run: whoever drives the turn must be missed when it dies, so it may not look as if we drove it
        return runner.tellAgain(owner, command.session(), command.turn(), from, sink, cancellation);
    }

    private sealed interface Attempt {

        /** The answer was taken, and it is up to this request to go on with the turn. */
        record Won(Turn before, Turn turn) implements Attempt {}

        /** @param answer the index of the step that holds the same answer, given before */
        record Repeated(int answer) implements Attempt {}
    }

    /** One try to move the turn; empty when its session is busy with something else. */
    private Optional<Attempt> attempt(Owner owner, Command command) {
        while (true) {
            Turn turn = turns.find(owner, command.session(), command.turn())
                    .orElseThrow(() -> Refusal.notFound("Turn", command.turn().value()));
            Optional<Integer> before = turn.answeredAt(command.responses());
            if (before.isPresent()) {
                return Optional.of(new Attempt.Repeated(before.get()));
            }
            if (!turns.isLast(owner, command.session(), command.turn())) {
                throw Refusal.of(
                        Refusal.Code.CONFLICT,
                        "Turn %s is not the last one of its session, and only that can be resumed; start a new turn"
                                .formatted(command.turn()));
            }
            Turn answered =
                    turn.observe(new Observation.ClientAnswered(command.responses(), turn.later(clock.instant())));
            switch (journal.save(owner, turn, answered)) {
                case SAVED -> {
                    return Optional.of(new Attempt.Won(turn, answered));
                }
                case SESSION_BUSY -> {
                    return Optional.empty();
                }
                case LOST -> {
                    // somebody was faster: look again, and find their answer
                }
            }
        }
    }
}
