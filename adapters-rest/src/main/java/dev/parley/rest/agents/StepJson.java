package dev.parley.rest.agents;

import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.StepId;
import dev.parley.domain.turn.StepKind;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.Violation;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step, told apart by {@code step_type} (agents-api 2.8). */
@Schema(
        name = "Step",
        oneOf = {
            StepJson.Inference.class,
            StepJson.ToolExecution.class,
            StepJson.ShieldCall.class,
            StepJson.MemoryRetrieval.class
        })
sealed interface StepJson {

    /** Empty of an answer that broke off, which was never a step to clients of this interface. */
    static Optional<StepJson> of(TurnId turnId, StepId stepId, Step step) {
        return step instanceof Step.BrokenAnswer ? Optional.empty() : Optional.of(shown(turnId, stepId, step));
    }

    private static StepJson shown(TurnId turnId, StepId stepId, Step step) {
        String turn = turnId.value();
        String id = stepId.value();
        String from = Timestamps.text(step.period().start());
        String to = Timestamps.text(step.period().end());
        String type = Words.of(step.kind());
        return switch (step) {
            case Step.Inference inference ->
                new Inference(turn, id, from, to, type, MessageJson.Completion.of(inference.answer()));
            case Step.ToolExecution tools ->
                new ToolExecution(
                        turn,
                        id,
                        from,
                        to,
                        type,
                        tools.calls().stream().map(ToolCallJson::of).toList(),
                        tools.responses().stream().map(ToolResponseJson::of).toList());
            case Step.ShieldCall shield ->
                new ShieldCall(
                        turn,
                        id,
                        from,
                        to,
                        type,
                        shield.violation().map(ViolationJson::of).orElse(null));
            case Step.MemoryRetrieval memory ->
                new MemoryRetrieval(
                        turn,
                        id,
                        from,
                        to,
                        type,
                        String.join(",", memory.stores()),
                        ContentJson.of(memory.insertedContext()));
            case Step.ToolListing listing ->
                new MemoryRetrieval(turn, id, from, to, Words.of(StepKind.MEMORY_RETRIEVAL), listing.serverLabel(), "");
            // clients of this interface know no such steps; to them it is material that was put before the model
            case Step.Compaction compaction ->
                new MemoryRetrieval(turn, id, from, to, Words.of(StepKind.MEMORY_RETRIEVAL), "", compaction.summary());
            case Step.Abandoned _ ->
                new MemoryRetrieval(turn, id, from, to, Words.of(StepKind.MEMORY_RETRIEVAL), "", "");
            case Step.BrokenAnswer _ -> throw new IllegalArgumentException("an answer that broke off is not shown");
        };
    }

    @WireRecord
    @Schema(name = "InferenceStep")
    record Inference(
            String turnId,
            String stepId,
            String startedAt,
            String completedAt,
            String stepType,
            MessageJson.Completion modelResponse)
            implements StepJson {}

    @WireRecord
    @Schema(name = "ToolExecutionStep")
    record ToolExecution(
            String turnId,
            String stepId,
            String startedAt,
            String completedAt,
            String stepType,
            List<ToolCallJson> toolCalls,
            List<ToolResponseJson> toolResponses)
            implements StepJson {}

    @WireRecord
    @Schema(name = "ShieldCallStep")
    record ShieldCall(
            String turnId,
            String stepId,
            String startedAt,
            String completedAt,
            String stepType,
            @Nullable ViolationJson violation)
            implements StepJson {}

    /** @param vectorDbIds the names of the stores with commas between them; the field has always been one string */
    @WireRecord
    @Schema(name = "MemoryRetrievalStep")
    record MemoryRetrieval(
            String turnId,
            String stepId,
            String startedAt,
            String completedAt,
            String stepType,
            String vectorDbIds,
            @Schema(description = "Interleaved content") Object insertedContext)
            implements StepJson {}

    /** What a shield objects to (agents-api 2.5). */
    @WireRecord
    @Schema(name = "SafetyViolation")
    record ViolationJson(String violationLevel, @Nullable String userMessage, RawJson metadata) {

        static ViolationJson of(Violation violation) {
            return new ViolationJson(
                    Words.of(violation.level()),
                    violation.userMessage().orElse(null),
                    RawJson.of(violation.metadata()));
        }
    }
}
