package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.RecordedRequest;
import java.util.ArrayList;
import java.util.List;

/** A scenario as it went once, in a session of its own. */
record Play(Session session, List<Exchange> exchanges) {

    Play {
        exchanges = List.copyOf(exchanges);
    }

    static Play of(Stage stage, Scenario scenario, boolean stream) {
        PlayedModels models = stage.models();
        models.enqueue(scenario.model(), scenario.replies());
        Session session = Session.open(stage.http(), scenario.agent());
        List<Exchange> exchanges = new ArrayList<>();
        int asked = models.requests(scenario.model()).size();
        for (Scenario.Request request : scenario.requests()) {
            String path = request.path(session);
            String body = stream ? streamed(request.body()) : request.body();
            Answer answer = session.http().post(path, body, request.headers());
            List<RecordedRequest> all = models.requests(scenario.model());
            List<Answer> turns = session.turns().stream().map(session::read).toList();
            exchanges.add(new Exchange(path, request.headers(), body, answer, all.subList(asked, all.size()), turns));
            asked = all.size();
        }
        if (models.unused(scenario.model()) > 0) {
            throw new AssertionError(
                    "the model was never asked for %d of its replies".formatted(models.unused(scenario.model())));
        }
        return new Play(session, exchanges);
    }

    private static String streamed(String body) {
        int end = body.lastIndexOf('}');
        return body.substring(0, end) + ",\"stream\":true" + body.substring(end);
    }

    /** Names for the ids that come up, in the order of the conversation. */
    Names names() {
        Names names = new Names();
        names.introduce("agent", session.agent());
        names.introduce("session", session.session());
        session.turns().forEach(turn -> names.introduce("turn", turn));
        return names;
    }
}
