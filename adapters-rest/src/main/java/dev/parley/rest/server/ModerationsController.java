package dev.parley.rest.server;

import dev.parley.application.port.Ids;
import dev.parley.application.safety.AskShields;
import dev.parley.domain.Owner;
import dev.parley.domain.safety.Harm;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.turn.Violation;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonArray;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.JsonValue.JsonString;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a shield says of texts, in the words of OpenAI's moderations. The model is a shield's id, or the model that it asks. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Shields")
final class ModerationsController {

    /** What it takes for a score to be an objection of its own. */
    private static final double LIKELY = 0.5;

    private static final int MOST_TEXTS = 128;

    private final AskShields ask;
    private final Ids ids;

    ModerationsController(AskShields ask, Ids ids) {
        this.ask = ask;
        this.ids = ids;
    }

    /** Have texts judged. */
    @Post(uris = {"/v1/moderations", "/v1/openai/v1/moderations"})
    @RequestBody(content = @Content(schema = @Schema(implementation = ModerationRequest.class)))
    ModerationJson moderate(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        List<String> texts = texts(in.at("input"));
        String model = in.at("model").optional(JsonField::string).orElseGet(() -> ask.standard(Owner.SOLE));
        return new ModerationJson(
                "modr-" + ids.next(),
                model,
                ask.moderate(Owner.SOLE, model, texts).stream()
                        .map(ResultJson::of)
                        .toList());
    }

    private static List<String> texts(JsonField input) {
        List<String> texts =
                input.value() instanceof JsonArray ? input.list(ModerationsController::text) : List.of(text(input));
        if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
            throw input.refuse("input must hold 1 to %d texts, not %d".formatted(MOST_TEXTS, texts.size()));
        }
        return texts;
    }

    private static String text(JsonField input) {
        return switch (input.value()) {
            case JsonString(String text) -> text;
            case JsonObject _ -> {
                JsonField type = input.at("type");
                if (!type.string().equals("text")) {
                    throw type.refuse("%s is '%s', but the shields of this server judge texts only"
                            .formatted(type.name(), type.string()));
                }
                yield input.at("text").string();
            }
            default -> throw input.mustBe("a string, or an object with a text");
        };
    }

    @WireRecord
    @Schema(name = "Moderation")
    record ModerationJson(String id, String model, List<ResultJson> results) implements WireBody {}

    /**
     * What is said of one text.
     *
     * @param userMessage what the shield would tell the user instead
     */
    @WireRecord
    @Schema(name = "ModerationResult")
    record ResultJson(
            boolean flagged,
            Map<String, Boolean> categories,
            Map<String, Double> categoryScores,
            Map<String, List<String>> categoryAppliedInputTypes,
            @Nullable String userMessage,
            RawJson metadata) {

        static ResultJson of(Judgement judgement) {
            Map<Harm, Double> scores = judgement.scores();
            return new ResultJson(
                    judgement.objects(),
                    each(harm -> judgement.objects() && scores.getOrDefault(harm, 0.0) >= LIKELY),
                    each(harm -> scores.getOrDefault(harm, 0.0)),
                    each(_ -> List.of("text")),
                    judgement.violation().flatMap(Violation::userMessage).orElse(null),
                    judgement
                            .violation()
                            .map(violation -> RawJson.of(violation.metadata()))
                            .orElse(new RawJson("{}")));
        }

        private static <T> Map<String, T> each(Function<Harm, T> value) {
            Map<String, T> all = new LinkedHashMap<>();
            Arrays.stream(Harm.values()).forEach(harm -> all.put(harm.word(), value.apply(harm)));
            return all;
        }
    }

    @Schema(name = "ModerationRequest")
    record ModerationRequest(
            @Schema(description = "A string, or an array of strings or of text items")
            Object input,

            @Nullable String model) {}
}
