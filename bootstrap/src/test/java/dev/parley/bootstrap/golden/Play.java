package dev.parley.bootstrap.golden;

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
        PlayedModels.Listener asked = models.listen(scenario.model());
        List<Scenario.Request> requests = scenario.requests();
        for (int index = 0; index < requests.size(); index++) {
            if (scenario.restartsBefore(index)) {
                stage.restart();
                session = session.at(stage.http());
            }
            Scenario.Request request = requests.get(index);
            String path = request.path(session);
            String body = stream ? streamed(request.body()) : request.body();
            Answer answer = session.http().post(path, body, request.headers());
            List<Answer> turns = readAll(session);
            exchanges.add(new Exchange(path, request.headers(), body, answer, asked.more(), turns));
        }
        models.requireAllUsed(scenario.model());
        return new Play(session, exchanges);
    }

    private static List<Answer> readAll(Session session) {
        return session.turns().stream().map(session::read).toList();
    }

    /** The same request, streamed. */
    static String streamed(String body) {
        int end = body.lastIndexOf('}');
        return body.substring(0, end) + ",\"stream\":true" + body.substring(end);
    }

    /** Names for the ids that come up, in the order of the conversation. */
    Names names() {
        Names names = new Names();
        names.introduce("agent", session.agent());
        names.introduce("session", session.session());
        exchanges.getLast().turns().stream()
                .map(turn -> Json.parse(turn.body()).text("turn_id"))
                .forEach(turn -> names.introduce("turn", turn));
        return names;
    }
}
