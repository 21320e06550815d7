package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of the Responses API that are written down, each after the one before. They are sent twice, streamed and not,
 * have to come to the same, and are compared with the golden file of their name. The model has that name too.
 */
final class ResponseScript {

    /** Stands in a request for the id of the response before. */
    static final String PREVIOUS = "<previous>";

    /** Stands in a request for the items that the answer before has given, without the brackets around them. */
    static final String OUTPUT = "<output>";

    private final Stage stage;
    private final String name;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    private record Request(String path, String members) {}

    /** What came of one request. */
    private record Exchange(String request, Answer answer, List<RecordedRequest> asked) {

        /** The response as it was told last; the body where nothing was streamed. */
        String result() {
            if (!answer.isStream()) {
                return answer.body();
            }
            String[] events = answer.body().split("\n\n", 0);
            assertThat(events[events.length - 1]).isEqualTo("data: [DONE]");
            String last = events[events.length - 2];
            return last.substring(last.indexOf(",\"response\":") + ",\"response\":".length(), last.length() - 1);
        }
    }

    private ResponseScript(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
    }

    static ResponseScript of(Stage stage, String name) {
        return new ResponseScript(stage, name);
    }

    /** What the model answers, request by request. */
    ResponseScript model(Reply... more) {
        replies.addAll(List.of(more));
        return this;
    }

    /**
     * Asks for a response.
     *
     * @param members the members of the request, without the model
     */
    ResponseScript create(String members) {
        return post("", members);
    }

    /** Sends a request to a path below that of responses. */
    ResponseScript post(String path, String members) {
        requests.add(new Request(path, members.strip()));
        return this;
    }

    void play() {
        List<Exchange> streamed = play(true);
        List<Exchange> once = play(false);
        ResponseNames names = new ResponseNames();
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < requests.size(); index++) {
            Exchange stream = streamed.get(index);
            Exchange plain = once.get(index);
            assertThat(bodies(plain)).isEqualTo(bodies(stream));
            text.append("=== request %d%nPOST /v1/responses%s%n%s%n%n"
                    .formatted(index + 1, requests.get(index).path(), names.apply(stream.request())));
            text.append(names.apply(told(stream.answer())));
            String result = ResponseNames.in(plain.result());
            boolean same = result.equals(ResponseNames.in(stream.result()));
            if (!(same && plain.answer().status() == stream.answer().status())) {
                assertThat(plain.answer().status()).as(plain.answer().body()).isEqualTo(400);
            }
            text.append("--- not streamed%n%s%n"
                    .formatted(same ? "(the same)%n".formatted() : names.apply(told(plain.answer()))));
            for (RecordedRequest asked : stream.asked()) {
                text.append("--- the model was asked%n%s%n%n"
                        .formatted(names.apply(asked.body().replace("{\"role\":", "%n{\"role\":".formatted()))));
            }
        }
        GoldenFile.compare("responses/" + name, text.toString());
    }

    private static String told(Answer answer) {
        return "HTTP %d%ncontent-type: %s%n%n%s%n"
                        .formatted(
                                answer.status(),
                                answer.header("content-type"),
                                answer.body().strip())
                + System.lineSeparator();
    }

    private List<Exchange> play(boolean stream) {
        stage.models().enqueue(name, replies.toArray(Reply[]::new));
        List<Exchange> exchanges = new ArrayList<>();
        for (Request request : requests) {
            String members = request.members();
            if (!exchanges.isEmpty()) {
                String before = exchanges.getLast().result();
                members = members.replace(PREVIOUS, idOf(before)).replace(OUTPUT, outputOf(before));
            }
            String streaming = stream && request.path().isEmpty()
                    ? ",\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}"
                    : "";
            String body = "{\"model\":\"%s\",%s%s}".formatted(name, members, streaming);
            int before = stage.models().requests(name).size();
            Answer answer = stage.http().post("/v1/responses" + request.path(), body);
            List<RecordedRequest> all = stage.models().requests(name);
            exchanges.add(new Exchange(body, answer, all.subList(before, all.size())));
        }
        stage.models().requireAllUsed(name);
        return exchanges;
    }

    private static String idOf(String response) {
        return response.startsWith("{\"id\":\"") ? Json.parse(response).text("id") : PREVIOUS;
    }

    private static String outputOf(String response) {
        int start = response.indexOf("\"output\":[");
        int end = response.lastIndexOf("],\"usage\"");
        return start < 0 || end < start ? OUTPUT : response.substring(start + "\"output\":[".length(), end);
    }

    private static List<String> bodies(Exchange exchange) {
        return exchange.asked().stream().map(RecordedRequest::body).toList();
    }
}
