package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a client of the Responses API requests and what its model answers, written down. It is played twice, with every
 * response streamed and with none, and what went over the wire is compared with the golden file of its name. The model has
 * that name too. Requests name what was answered before as the golden file does: {@code <resp-1>}.
 */
final class ResponseScenario {

    static final String RESPONSES = "/v1/responses";

    private final Stage stage;
    private final String name;
    private final String model;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    /** A request in its form that is not streamed. */
    record Call(String method, String path, Map<String, String> headers, String body) {

        Call {
            headers = Map.copyOf(headers);
        }

        boolean creates() {
            return method.equals("POST") && path.equals(RESPONSES);
        }
    }

    private ResponseScenario(Stage stage, String name, String model) {
        this.stage = stage;
        this.name = name;
        this.model = model;
    }

    static ResponseScenario of(Stage stage, String name) {
        return new ResponseScenario(stage, name, name);
    }

    /** One with a model of another name. */
    static ResponseScenario of(Stage stage, String name, String model) {
        return new ResponseScenario(stage, name, model);
    }

    /** What the model answers, request by request. */
    ResponseScenario model(Reply... more) {
        replies.addAll(List.of(more));
        return this;
    }

    /** The client says something. */
    ResponseScenario says(String text) {
        return creates("\"input\":\"%s\"".formatted(text));
    }

    /** The client asks for a response; these are the members of its request, without the model. */
    ResponseScenario creates(String members) {
        return creates(members, Map.of());
    }

    /** Asks for a response under a name of the client's own, which is another one in each play. */
    ResponseScenario creates(String members, String idempotencyKey) {
        return creates(members, Map.of("Idempotency-Key", idempotencyKey));
    }

    private ResponseScenario creates(String members, Map<String, String> headers) {
        calls.add(new Call("POST", RESPONSES, headers, "{\"model\":\"%s\",%s}".formatted(model, members.strip())));
        return this;
    }

    ResponseScenario gets(String path) {
        calls.add(new Call("GET", path, Map.of(), ""));
        return this;
    }

    ResponseScenario deletes(String path) {
        calls.add(new Call("DELETE", path, Map.of(), ""));
        return this;
    }

    ResponseScenario posts(String path, String body) {
        calls.add(new Call("POST", path, Map.of(), body.strip()));
        return this;
    }

    String model() {
        return model;
    }

    Reply[] replies() {
        return replies.toArray(Reply[]::new);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Plays it both ways, holds them against each other and against the golden file. */
    void play() {
        ResponsePlay streamed = ResponsePlay.of(stage, this, true);
        ResponsePlay once = ResponsePlay.of(stage, this, false);
        ResponseAgreement.check(streamed);
        ResponseAgreement.check(once);
        ResponseAgreement.check(streamed, once);
        GoldenFile.compare("responses/" + name, new ResponseTranscript(streamed, once).text());
    }
}
