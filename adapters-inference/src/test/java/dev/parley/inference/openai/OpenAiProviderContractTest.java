package dev.parley.inference.openai;

import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceContract;
import dev.parley.application.testing.ModelScript;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ReplyScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class OpenAiProviderContractTest extends InferenceContract {

    private final List<Trial> trials = new ArrayList<>();

    @AfterEach
    void close() {
        trials.forEach(Trial::close);
    }

    @Override
    protected Inference inference(ModelScript... script) {
        Trial trial = Trial.of();
        trials.add(trial);
        for (ModelScript step : script) {
            replies(step).forEach(trial.upstream::enqueue);
        }
        return trial.provider::answer;
    }

    private static List<Reply> replies(ModelScript script) {
        return switch (script) {
            case ModelScript.Answers answers -> List.of(answer(answers));
            case ModelScript.Tells tells -> List.of(tell(tells));
            // as often as the request is sent
            case ModelScript.Refuses(Failure.Code code) -> Collections.nCopies(tries(code), refusal(code));
            case ModelScript.BreaksOff(List<String> text) -> List.of(begun(text).closeAbruptly());
            case ModelScript.FallsSilent(List<String> text) ->
                List.of(begun(text).stall());
        };
    }

    private static Reply answer(ModelScript.Answers answers) {
        ReplyScript stream = Reply.stream(Engine.VLLM).opening();
        answers.reasoning().forEach(piece -> stream.reasoning("reasoning", piece));
        stream.text(answers.text().toArray(String[]::new));
        for (int index = 0; index < answers.calls().size(); index++) {
            ModelScript.Call call = answers.calls().get(index);
            stream.toolCall(index, call.id(), call.tool(), "");
            for (String fragment : call.arguments()) {
                stream.toolArguments(index, fragment);
            }
        }
        return stream.finish(word(answers.stopReason())).done().end();
    }

    private static Reply tell(ModelScript.Tells tells) {
        ReplyScript stream = Reply.stream(Engine.VLLM).opening();
        int calls = 0;
        for (Passage passage : tells.passages()) {
            switch (passage) {
                case Passage.Thought(String text) -> stream.reasoning("reasoning", text);
                case Passage.Spoken(String text, Optional<JsonText> logprobs, var _) -> {
                    if (logprobs.isPresent()) {
                        stream.scoredText(text, logprobs.get().text());
                    } else {
                        stream.text(text);
                    }
                }
                case Passage.Refused(String text) -> stream.refusal(text);
                case Passage.Called(ToolCall call) ->
                    stream.toolCall(
                            calls++,
                            call.callId(),
                            call.toolName(),
                            call.arguments().text());
            }
        }
        return stream.finish(word(tells.stopReason())).done().end();
    }

    private static String word(StopReason reason) {
        return switch (reason) {
            case END_OF_TURN, END_OF_MESSAGE -> "stop";
            case OUT_OF_TOKENS -> "length";
            case FILTERED -> "content_filter";
        };
    }

    private static ReplyScript begun(List<String> text) {
        return Reply.stream(Engine.VLLM).opening().text(text.toArray(String[]::new));
    }

    private static int tries(Failure.Code code) {
        return code == Failure.Code.RATE_LIMITED || code == Failure.Code.PROVIDER_UNAVAILABLE ? 3 : 1;
    }

    private static Reply refusal(Failure.Code code) {
        return switch (code) {
            case MODEL_NOT_FOUND -> ErrorScenario.OPENAI_UNKNOWN_MODEL.reply();
            case CONTEXT_TOO_LONG -> ErrorScenario.VLLM_CONTEXT_OVERFLOW.reply();
            case FILTERED -> ErrorScenario.AZURE_CONTENT_FILTER.reply();
            case PROVIDER_REJECTED -> ErrorScenario.OPENAI_UNSUPPORTED_PARAMETER.reply();
            case RATE_LIMITED -> ErrorScenario.OPENAI_RATE_LIMIT.reply();
            case QUOTA_EXHAUSTED -> ErrorScenario.OPENAI_QUOTA.reply();
            case PROVIDER_UNAVAILABLE -> ErrorScenario.NGINX_BAD_GATEWAY.reply();
            case ANSWER_OFF_SCHEMA,
                    PROVIDER_TIMEOUT,
                    SHIELD_FAILED,
                    TOOLS_UNAVAILABLE,
                    RETRIEVAL_FAILED,
                    INTERRUPTED,
                    INTERNAL -> throw new IllegalArgumentException("no model refuses with " + code);
        };
    }
}
