package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import dev.parley.domain.Refusal;
import dev.parley.domain.item.Item;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.TurnId;
import dev.parley.rest.error.OpenAiError;
import dev.parley.rest.error.Problem;
import dev.parley.rest.json.ObjectMembers;
import java.util.List;

/** Requests for a response as they are read, for tests. */
final class Asked {

    static final TurnId ID = new TurnId("0b2e6a52-2f4b-4c1e-9d3a-5f6b7c8d9e0f");
    static final Seal SEAL = Seal.of("a-key", new byte[Seal.KEY_LENGTH]);

    private static final ItemJson ITEMS = new ItemJson((context, text) -> "sealed(" + context + ": " + text + ")");

    private Asked() {}

    static CreateResponseRequest read(String json) {
        return CreateResponseRequest.read(Param.body(json.getBytes(UTF_8)), ID, SEAL);
    }

    /** A request that has these members beside the least that one needs. */
    static CreateResponseRequest with(String members) {
        return read(request(members));
    }

    static String request(String members) {
        return "{\"model\":\"a-model\",\"input\":\"hi\"" + (members.isEmpty() ? "" : "," + members) + "}";
    }

    static ResponseTerms terms(String members) {
        return with(members).spec().terms().orElseThrow();
    }

    /** What the client is told of a parameter. */
    static String echo(String members, String name) {
        return ObjectMembers.of(terms(members).echo()).raw(name).orElseThrow().text();
    }

    /** The items of an input, as they are shown to whoever asks for everything that can be included. */
    static List<String> shown(String input) {
        return read("{\"model\":\"m\",\"input\":" + input + "}").input().stream()
                .map(item -> switch (item) {
                    case InputItem.Given(Item given) ->
                        ITEMS.of(given, new Includes(Includes.KNOWN)).text();
                    case InputItem.Reference(var id) -> "reference to " + id;
                })
                .toList();
    }

    /** How a request is refused: its status, code, parameter and sentence; null stands for what is not said. */
    static String refusal(String json) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> read(json));
        assertThat(refusal).as("the refusal of %s", json).isNotNull();
        OpenAiError error = OpenAiError.of(Problem.of(refusal));
        assertThat(error.type()).isEqualTo(OpenAiError.Type.INVALID_REQUEST);
        return "%d %s %s: %s"
                .formatted(
                        error.status().getCode(),
                        error.code().orElse(null),
                        error.param().orElse(null),
                        error.message());
    }
}
