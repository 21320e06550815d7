package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A conversation that is written down: an agent, what its model answers, and what the client requests. It is played twice,
 * streamed and not, and what went over the wire is compared with the golden file of its name. The model has that name too.
 */
final class Scenario {

    private final Stage stage;
    private final String name;
    private final String model;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final Set<Integer> restarts = new HashSet<>();
    private String agent;

    /** A request, in its form that is not streamed. */
    sealed interface Request {

        String body();

        String path(Session session);

        Map<String, String> headers();

        record Turn(String body, Map<String, String> headers) implements Request {
            @Override
            public String path(Session session) {
                return session.turnPath();
            }
        }

        /** Goes on with a turn, counted from 0 in its session. */
        record Resume(String body, int turn) implements Request {
            @Override
            public String path(Session session) {
                return session.resumePath(session.turns().get(turn));
            }

            @Override
            public Map<String, String> headers() {
                return Map.of();
            }
        }
    }

    private Scenario(Stage stage, String name, String model) {
        this.stage = stage;
        this.name = name;
        this.model = model;
        agent("\"instructions\":\"Be brief.\"");
    }

    static Scenario of(Stage stage, String name) {
        return new Scenario(stage, name, name);
    }

    /** One whose agent has a model of another name. */
    static Scenario of(Stage stage, String name, String model) {
        return new Scenario(stage, name, model);
    }

    /** The members of the agent's configuration, without the model; instructions alone unless this is called. */
    Scenario agent(String members) {
        agent = "{\"model\":\"%s\",%s}".formatted(model, members.strip());
        return this;
    }

    /** What the model answers, request by request. */
    Scenario model(Reply... more) {
        replies.addAll(List.of(more));
        return this;
    }

    /** The client says something. */
    Scenario says(String text) {
        return turn("{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(text));
    }

    Scenario turn(String body) {
        requests.add(new Request.Turn(body.strip(), Map.of()));
        return this;
    }

    /** A turn under a name of the client's own. */
    Scenario turn(String body, String idempotencyKey) {
        requests.add(new Request.Turn(body.strip(), Map.of("Idempotency-Key", idempotencyKey)));
        return this;
    }

    /** The client goes on with the first turn. */
    Scenario resume(String body) {
        return resume(0, body);
    }

    /** The client goes on with a turn, counted from 0. */
    Scenario resume(int turn, String body) {
        requests.add(new Request.Resume(body.strip(), turn));
        return this;
    }

    /** Another server takes the place of the stage's, before the next request. */
    Scenario restart() {
        restarts.add(requests.size());
        return this;
    }

    String agent() {
        return agent;
    }

    String model() {
        return model;
    }

    Reply[] replies() {
        return replies.toArray(Reply[]::new);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    boolean restartsBefore(int request) {
        return restarts.contains(request);
    }

    /** Plays it both ways, holds them against each other and against the golden file. */
    void play() {
        Play streamed = Play.of(stage, this, true);
        Agreement.check(streamed);
        Play once = Play.of(stage, this, false);
        Agreement.check(once);
        Agreement.check(streamed, once);
        GoldenFile.compare("agents/" + name, new Transcript(this, streamed, once).text());
    }
}
