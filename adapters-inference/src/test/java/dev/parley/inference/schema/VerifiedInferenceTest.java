package dev.parley.inference.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceContract;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.ModelScript;
import dev.parley.application.testing.RecordingProgress;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifiedInferenceTest extends InferenceContract {

    private static final JsonText SCHEMA =
            new JsonText("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}");

    @Override
    protected Inference inference(ModelScript... script) {
        return new VerifiedInference(new ScriptedInference().then(script), new JsonSchemas());
    }

    @Test
    void anAnswerThatKeepsToTheSchemaIsHandedOn() throws BrokenOff {
        assertThat(ask(held(true), ModelScript.says("{\"n\"", ":1}")).text()).isEqualTo("{\"n\":1}");
    }

    @Test
    void oneThatDoesNotBreaksOff() {
        BrokenOff broken =
                catchThrowableOfType(BrokenOff.class, () -> ask(held(true), ModelScript.says("{\"n\":\"1\"}")));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.ANSWER_OFF_SCHEMA);
        assertThat(broken.failure().message())
                .startsWith("The answer of model 'a-model' does not keep to the schema: at /n, string found, integer"
                        + " expected.");
    }

    @Test
    void onlyWholeAnswersAreHeldToIt() throws BrokenOff {
        ToolCall call = new ToolCall("call_1", "measure", new ToolArguments.Json("{}"));
        Passage text = Passage.Spoken.of("{\"n\":");

        assertThat(ask(held(true), ModelScript.tells(text, new Passage.Called(call)))
                        .toolCalls())
                .hasSize(1);
        assertThat(ask(held(true), ModelScript.tells(new Passage.Refused("No.")))
                        .text())
                .isEqualTo("No.");
        for (StopReason cut : List.of(StopReason.OUT_OF_TOKENS, StopReason.FILTERED)) {
            assertThat(ask(held(true), new ModelScript.Tells(List.of(text), cut))
                            .stopReason())
                    .isEqualTo(cut);
        }
    }

    @Test
    void whoIsNotHeldToItMayBreakIt() throws BrokenOff {
        assertThat(ask(held(false), ModelScript.says("Hi")).text()).isEqualTo("Hi");
        assertThat(ask(new ResponseFormat.JsonObject(), ModelScript.says("Hi")).text())
                .isEqualTo("Hi");
    }

    private Message.Assistant ask(ResponseFormat format, ModelScript script) throws BrokenOff {
        InferenceRequest request = new InferenceRequest(
                "a-model",
                List.of(Message.User.of("Hi")),
                List.of(),
                new ToolChoice.Auto(),
                Sampling.DEFAULT,
                Optional.of(format));
        return inference(script)
                .infer(request, new RecordingProgress(), new Cancellation())
                .message();
    }

    private static ResponseFormat held(boolean strict) {
        return new ResponseFormat.JsonSchema(SCHEMA, Optional.empty(), Optional.empty(), strict);
    }
}
