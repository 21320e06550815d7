package dev.parley.bootstrap.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A scenario of the Responses API as it went once. */
record ResponsePlay(List<ResponseExchange> exchanges) {

    /** How many names of their own requests may have. */
    private static final int KEYS = 3;

    ResponsePlay {
        exchanges = List.copyOf(exchanges);
    }

    static ResponsePlay of(Stage stage, ResponseScenario scenario, boolean stream) {
        PlayedModels models = stage.models();
        models.enqueue(scenario.model(), scenario.replies());
        PlayedModels.Listener asked = models.listen(scenario.model());
        Names names = new Names();
        for (int key = 0; key < KEYS; key++) {
            names.apply("key_" + UUID.randomUUID().toString().replace("-", ""));
        }
        List<ResponseExchange> exchanges = new ArrayList<>();
        for (ResponseScenario.Call template : scenario.calls()) {
            String body = names.restore(template.body());
            ResponseScenario.Call call = new ResponseScenario.Call(
                    template.method(),
                    names.restore(template.path()),
                    restored(template.headers(), names),
                    stream && template.creates() ? Play.streamed(body) : body);
            Answer answer = call.creates()
                    ? stage.http().post(call.path(), call.body(), call.headers())
                    : stage.http().send(call.method(), call.path(), call.body().getBytes(UTF_8));
            names.apply(answer.body());
            Optional<Answer> read = call.creates()
                    ? ResponseExchange.told(answer).map(told -> read(stage.http(), call, told))
                    : Optional.empty();
            exchanges.add(new ResponseExchange(call, answer, read, asked.more()));
        }
        models.requireAllUsed(scenario.model());
        return new ResponsePlay(exchanges);
    }

    private static Map<String, String> restored(Map<String, String> headers, Names names) {
        Map<String, String> restored = new LinkedHashMap<>();
        headers.forEach((header, value) -> restored.put(header, names.restore(value)));
        return restored;
    }

    /** Asks for the same members that the request did. */
    private static Answer read(Http http, ResponseScenario.Call call, String told) {
        Json request = Json.parse(call.body());
        String query = request.has("include")
                ? request.items("include").stream()
                        .map(value -> "include[]=" + value.node().getStringValue())
                        .collect(joining("&", "?", ""))
                        .replace("[]", "%5B%5D")
                : "";
        return http.get("%s/%s%s".formatted(call.path(), Json.parse(told).text("id"), query));
    }
}
