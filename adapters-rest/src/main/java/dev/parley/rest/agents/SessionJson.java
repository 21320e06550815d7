package dev.parley.rest.agents;

import dev.parley.domain.session.Session;
import dev.parley.domain.turn.Turn;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A session (agents-api 2.8); in lists without its turns. */
@WireRecord
@Schema(name = "Session")
record SessionJson(String sessionId, String sessionName, List<TurnJson> turns, String startedAt) implements WireBody {

    static SessionJson of(Session session, List<Turn> turns) {
        return new SessionJson(
                session.id().value(),
                session.name(),
                turns.stream().map(TurnJson::of).toList(),
                Timestamps.text(session.startedAt()));
    }
}
