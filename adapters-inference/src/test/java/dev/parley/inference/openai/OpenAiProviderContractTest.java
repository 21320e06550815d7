package dev.parley.inference.openai;

import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceContract;
import dev.parley.application.testing.ModelScript;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ReplyScript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        stream.finish(answers.stopReason() == StopReason.OUT_OF_TOKENS ? "length" : "stop");
        return stream.done().end();
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
            case PROVIDER_REJECTED -> ErrorScenario.OPENAI_UNSUPPORTED_PARAMETER.reply();
            case RATE_LIMITED -> ErrorScenario.OPENAI_RATE_LIMIT.reply();
            case PROVIDER_UNAVAILABLE -> ErrorScenario.NGINX_BAD_GATEWAY.reply();
            case PROVIDER_TIMEOUT, SHIELD_FAILED, RETRIEVAL_FAILED, INTERRUPTED, INTERNAL ->
                throw new IllegalArgumentException("no model refuses with " + code);
        };
    }
}
