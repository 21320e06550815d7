package dev.parley.application.testing;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Caller;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.RequestKey;
import dev.parley.application.port.TurnSink;
import dev.parley.application.turn.CreateTurn;
import dev.parley.application.turn.ResumeTurn;
import dev.parley.domain.Owner;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.message.Message;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolResponse;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.List;
import java.util.Optional;

/** A session, and what a client does in it. */
public record Chat(ScriptedApplication application, Owner owner, AgentId agent, SessionId session) {

    public Chat {
        requireNonNull(application, "application");
        requireNonNull(owner, "owner");
        requireNonNull(agent, "agent");
        requireNonNull(session, "session");
    }

    /** The same session through another process. */
    public Chat through(ScriptedApplication other) {
        return new Chat(other, owner, agent, session);
    }

    public CreateTurn.Command saying(String text) {
        return new CreateTurn.Command(
                agent,
                session,
                List.of(Message.User.of(text)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public CreateTurn.Command saying(String text, RequestKey request) {
        return new CreateTurn.Command(
                agent,
                session,
                List.of(Message.User.of(text)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(request));
    }

    public ResumeTurn.Command answering(TurnId turn, ToolResponse... responses) {
        return new ResumeTurn.Command(agent, session, turn, List.of(responses));
    }

    public Turn say(String text) {
        return create(saying(text), TurnSink.DISCARDING);
    }

    public Turn say(String text, TurnSink sink) {
        return create(saying(text), sink);
    }

    public Turn create(CreateTurn.Command command, TurnSink sink) {
        return application.createTurn().create(Caller.of(owner), command, sink, new Cancellation());
    }

    public Turn create(CreateTurn.Command command, TurnSink sink, Cancellation cancellation) {
        return application.createTurn().create(Caller.of(owner), command, sink, cancellation);
    }

    public Turn answer(TurnId turn, ToolResponse... responses) {
        return resume(answering(turn, responses), TurnSink.DISCARDING);
    }

    public Turn resume(ResumeTurn.Command command, TurnSink sink) {
        return application.resumeTurn().resume(Caller.of(owner), command, sink, new Cancellation());
    }

    /** The session's turns as they are stored. */
    public List<Turn> stored() {
        return application.store().inSession(owner, session);
    }

    public Turn stored(TurnId turn) {
        return application.store().find(owner, session, turn).orElseThrow();
    }
}
