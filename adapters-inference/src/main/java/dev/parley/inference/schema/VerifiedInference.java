package dev.parley.inference.schema;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an answer keeps to the schema that the client holds it to: engines are asked for it, but not all of them
 * know how, and some forget. Of one that can't write anything else the text is told as it comes, and compared when it is
 * whole: what was told can't be taken back, so an answer that breaks the schema then has come to nothing. Of the others the
 * text is told when it was found good; when it was not, the model is asked once more and shown what is wrong. A message that
 * calls tools, refuses or was cut off is not that answer. Whatever comes of it, all that was spent is told.
 */
public final class VerifiedInference implements Inference {

    private static final Logger LOG = LoggerFactory.getLogger(VerifiedInference.class);

    /** Knows which engines write nothing that breaks a schema. */
    @FunctionalInterface
    public interface Enforcement {
        /** Whether the engine that is asked holds the answer to its schema while it writes it. */
        boolean isEnforced(InferenceRequest request);
    }

    private final Inference inference;
    private final JsonSchemas schemas;
    private final Enforcement enforcement;

    public VerifiedInference(Inference inference, JsonSchemas schemas, Enforcement enforcement) {
        this.inference = inference;
        this.schemas = schemas;
        this.enforcement = enforcement;
    }

    @Override
    public Answer infer(InferenceRequest request, Progress progress, Cancellation cancellation) throws BrokenOff {
        Optional<JsonText> schema = schemaToKeep(request);
        if (schema.isEmpty()) {
            return inference.infer(request, progress, cancellation);
        }
        boolean live = enforcement.isEnforced(request);
        HeldBack held = live ? HeldBack.fromTheSecondOn(progress) : HeldBack.fromTheFirstOn(progress);
        Answer first = inference.infer(request, held, cancellation);
        Optional<String> violation = violation(schema.get(), first.message());
        if (violation.isEmpty()) {
            held.release(first.message());
            return first;
        }
        if (held.hasSpoken()) {
            LOG.warn(
                    "model {} did not keep to the schema that its engine enforces: {}",
                    request.model(),
                    violation.get());
            throw offSchema(request.model(), violation.get()).after(first.usage());
        }
        LOG.info("model {} did not keep to the schema; asked again: {}", request.model(), violation.get());
        try {
            return second(request, first, new Violated(schema.get(), violation.get()), held, cancellation);
        } catch (BrokenOff broken) {
            throw broken.after(first.usage());
        }
    }

    /** What an answer was to keep to, and where it does not. */
    private record Violated(JsonText schema, String place) {}

    private Answer second(
            InferenceRequest request, Answer first, Violated violated, HeldBack held, Cancellation cancellation)
            throws BrokenOff {
        held.beginAnew();
        Answer second = repaired(request, first, violated.place(), held, cancellation);
        Optional<String> stillWrong = violation(violated.schema(), second.message());
        if (stillWrong.isPresent()) {
            throw offSchema(request.model(), stillWrong.get()).after(second.usage());
        }
        held.release(second.message());
        return new Answer(HeldBack.joined(first.message(), second.message()), Usage.sum(first.usage(), second.usage()));
    }

    /** Both answers share the limit of tokens. */
    private Answer repaired(
            InferenceRequest request, Answer first, String violation, HeldBack held, Cancellation cancellation)
            throws BrokenOff {
        Sampling sampling = request.sampling();
        if (sampling.maxTokens() > 0) {
            long left = sampling.maxTokens() - first.usage().orElse(Usage.NONE).outputTokens();
            if (left <= 0) {
                throw offSchema(request.model(), violation);
            }
            sampling = sampling.withMaxTokens((int) left);
        }
        InferenceRequest repair = new InferenceRequest(
                request.model(),
                withViolation(request.messages(), first.message().text(), violation),
                request.tools(),
                request.toolChoice(),
                sampling,
                request.responseFormat(),
                request.options());
        try {
            return inference.infer(repair, held, cancellation);
        } catch (BrokenOff broken) {
            // that it has become too long is no fault of the conversation
            throw broken.failure().code() == Failure.Code.CONTEXT_TOO_LONG
                    ? offSchema(request.model(), violation).after(broken.spent())
                    : broken;
        }
    }

    private static List<Message> withViolation(List<Message> messages, String text, String violation) {
        List<Message> all = new ArrayList<>(messages);
        if (!text.isEmpty()) {
            all.add(Message.Assistant.of(text));
        }
        all.add(Message.User.of(
                "This answer does not keep to the JSON Schema that was given: %s. Answer again, with nothing but JSON that is valid against the schema."
                        .formatted(violation)));
        return all;
    }

    private static Optional<JsonText> schemaToKeep(InferenceRequest request) {
        return request.responseFormat().isPresent()
                        && request.responseFormat().get()
                                instanceof ResponseFormat.JsonSchema(JsonText schema, var _, var _, boolean strict)
                        && strict
                ? Optional.of(schema)
                : Optional.empty();
    }

    private Optional<String> violation(JsonText schema, Message.Assistant answer) {
        return isFinal(answer) ? schemas.violation(schema, answer.text()) : Optional.empty();
    }

    private static BrokenOff offSchema(String model, String violation) {
        return new BrokenOff(
                Failure.Code.ANSWER_OFF_SCHEMA,
                "The answer of model '%s' does not keep to the schema: %s. Try again, or ask for less with a simpler schema."
                        .formatted(model, violation));
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
