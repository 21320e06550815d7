package dev.parley.application.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Sessions;
import dev.parley.application.port.Turns;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;

/** Reads turns and their steps back, in whatever state they are. */
public final class ReadTurns {

    private final Sessions sessions;
    private final Turns turns;

    public ReadTurns(Sessions sessions, Turns turns) {
        this.sessions = sessions;
        this.turns = turns;
    }

    /** @throws Refusal when there is no such turn in that session of that agent */
    public Turn get(Owner owner, AgentId agent, SessionId session, TurnId id) {
        if (sessions.find(owner, agent, session).isEmpty()) {
            throw Refusal.notFound("Session", session.value());
        }
        return turns.find(owner, session, id).orElseThrow(() -> Refusal.notFound("Turn", id.value()));
    }

    /** @throws Refusal when there is no such step in that turn */
    public TurnStep step(Owner owner, AgentId agent, SessionId session, TurnId turnId, StepId id) {
        Turn turn = get(owner, agent, session, turnId);
        for (int index = 0; index < turn.steps().size(); index++) {
            if (StepId.of(turnId, index).equals(id)) {
                return new TurnStep(turnId, id, turn.steps().get(index));
            }
        }
        throw Refusal.notFound("Step", id.value());
    }

    /** A step, and where it belongs. */
    public record TurnStep(TurnId turn, StepId id, Step step) {
        public TurnStep {
            requireNonNull(turn, "turn");
            requireNonNull(id, "id");
            requireNonNull(step, "step");
        }
    }
}
