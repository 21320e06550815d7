package dev.parley.inference.schema;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Failure;
import java.util.Optional;

/**
 * Looks whether an answer keeps to the schema that the client holds it to: engines are asked for it, but not all of them
 * know how, and some forget. A message that calls tools, refuses or was cut off is not that answer.
 */
public final class VerifiedInference implements Inference {

    private final Inference inference;
    private final JsonSchemas schemas;

    public VerifiedInference(Inference inference, JsonSchemas schemas) {
        this.inference = inference;
        this.schemas = schemas;
    }

    @Override
    public Answer infer(InferenceRequest request, Progress progress, Cancellation cancellation) throws BrokenOff {
        Answer answer = inference.infer(request, progress, cancellation);
        if (request.responseFormat().isPresent()
                && request.responseFormat().get()
                        instanceof ResponseFormat.JsonSchema(JsonText schema, var _, var _, boolean strict)
                && strict
                && isFinal(answer.message())) {
            requireKept(schema, answer.message().text(), request.model());
        }
        return answer;
    }

    private void requireKept(JsonText schema, String text, String model) throws BrokenOff {
        Optional<String> violation = schemas.violation(schema, text);
        if (violation.isPresent()) {
            throw new BrokenOff(
                    Failure.Code.ANSWER_OFF_SCHEMA,
                    "The answer of model '%s' does not keep to the schema: %s. Try again, or ask for less with a simpler schema."
                            .formatted(model, violation.get()));
        }
    }

    private static boolean isFinal(Message.Assistant message) {
        return message.stopReason() == StopReason.END_OF_TURN
                && message.passages().stream().noneMatch(VerifiedInference::isNoAnswer);
    }

    private static boolean isNoAnswer(Passage passage) {
        return switch (passage) {
            case Passage.Called _, Passage.Refused _ -> true;
            case Passage.Thought _, Passage.Spoken _ -> false;
        };
    }
}
