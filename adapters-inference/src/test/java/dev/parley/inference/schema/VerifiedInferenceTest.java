package dev.parley.inference.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.Inference.Answer;
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
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Usage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifiedInferenceTest extends InferenceContract {

    private static final JsonText SCHEMA =
            new JsonText("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"]}");

    private static final StopReason ENDED = StopReason.END_OF_TURN;
    private static final Optional<Usage> SOME = Optional.of(new Usage(10, 1, 5, 2));

    private ScriptedInference model = new ScriptedInference();
    private RecordingProgress progress = new RecordingProgress();
    private Sampling sampling = Sampling.DEFAULT;
    private boolean enforced;

    @Override
    protected Inference inference(ModelScript... script) {
        model = new ScriptedInference().then(script);
        return new VerifiedInference(model, new JsonSchemas(), _ -> enforced);
    }

    @Test
    void anAnswerThatKeepsToTheSchemaIsHandedOn() throws BrokenOff {
        assertThat(ask(held(true), ModelScript.says("{\"n\"", ":1}")).text()).isEqualTo("{\"n\":1}");
    }

    @Test
    void itsTextIsToldInOnePieceWhenItWasFoundGood() throws BrokenOff {
        ModelScript.Answers script =
                new ModelScript.Answers(List.of("Hm", "m."), List.of("{\"n\"", ":1}"), List.of(), ENDED, SOME);

        Answer answer = verified(held(true), script);

        assertThat(progress.deltas())
                .containsExactly(new Delta.Reasoning("Hm"), new Delta.Reasoning("m."), new Delta.Text("{\"n\":1}"));
        assertThat(progress.timesOpened()).isOne();
        assertThat(answer.message()).isEqualTo(script.message());
    }

    @Test
    void oneThatDoesNotIsAskedForAgainAndNeverTold() throws BrokenOff {
        Answer answer = verified(
                held(true),
                new ModelScript.Answers(List.of("Hm."), List.of("{\"n\":", "\"1\"}"), List.of(), ENDED, SOME),
                new ModelScript.Answers(List.of("Oh."), List.of("{\"n\":", "1}"), List.of(), ENDED, SOME));

        assertThat(progress.deltas())
                .containsExactly(
                        new Delta.Reasoning("Hm."),
                        new Delta.Reasoning("\n\n"),
                        new Delta.Reasoning("Oh."),
                        new Delta.Text("{\"n\":1}"));
        assertThat(progress.timesOpened()).isOne();
        assertThat(answer.message().passages())
                .containsExactly(new Passage.Thought("Hm.\n\nOh."), Passage.Spoken.of("{\"n\":1}"));
        assertThat(answer.usage()).contains(new Usage(20, 2, 10, 4));
    }

    @Test
    void theModelIsShownItsAnswerAndWhatIsWrongWithIt() throws BrokenOff {
        verified(held(true), ModelScript.says("{\"n\":\"1\"}"), ModelScript.says("{\"n\":1}"));

        assertThat(model.lastRequest().messages())
                .containsExactly(
                        Message.User.of("Hi"),
                        Message.Assistant.of("{\"n\":\"1\"}"),
                        Message.User.of(
                                "This answer does not keep to the JSON Schema that was given: at /n, string found,"
                                        + " integer expected. Answer again, with nothing but JSON that is valid against"
                                        + " the schema."));
        assertThat(model.lastRequest().responseFormat()).contains(held(true));
    }

    @Test
    void thoughtsOfTheFirstAnswerStayWhereTheSecondHasNone() throws BrokenOff {
        Answer answer = verified(
                held(true),
                ModelScript.tells(new Passage.Thought("Hm."), Passage.Spoken.of("One."), new Passage.Thought("Done.")),
                ModelScript.says("{\"n\":1}"));

        assertThat(progress.deltas()).containsExactly(new Delta.Reasoning("Hm."), new Delta.Text("{\"n\":1}"));
        assertThat(answer.message().passages())
                .containsExactly(new Passage.Thought("Hm."), Passage.Spoken.of("{\"n\":1}"));
    }

    @Test
    void theTextOfAnEngineThatEnforcesTheSchemaIsToldAsItComes() throws BrokenOff {
        enforced = true;
        ModelScript.Answers script =
                new ModelScript.Answers(List.of("Hm."), List.of("{\"n\"", ":1}"), List.of(), ENDED, SOME);

        Answer answer = verified(held(true), script);

        assertThat(progress.deltas())
                .containsExactly(new Delta.Reasoning("Hm."), new Delta.Text("{\"n\""), new Delta.Text(":1}"));
        assertThat(answer).isEqualTo(new Answer(script.message(), SOME));
    }

    @Test
    void whatWasToldAndBreaksTheSchemaAllTheSameHasComeToNothing() {
        enforced = true;

        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class,
                () -> verified(
                        held(true),
                        new ModelScript.Answers(List.of(), List.of("{\"n\":", "\"1\"}"), List.of(), ENDED, SOME)));

        assertThat(progress.deltas()).containsExactly(new Delta.Text("{\"n\":"), new Delta.Text("\"1\"}"));
        assertThat(model.requests()).hasSize(1);
        assertThat(broken.failure().code()).isEqualTo(Failure.Code.ANSWER_OFF_SCHEMA);
        assertThat(broken.failure().message()).contains("at /n, string found, integer expected");
        assertThat(broken.spent()).isEqualTo(SOME);
    }

    /** Nothing has to be taken back. The second answer is not told before it was found good. */
    @Test
    void anEngineThatEnforcesTheSchemaAndSaysNothingIsAskedOnceMore() throws BrokenOff {
        enforced = true;

        Answer answer = verified(
                held(true),
                new ModelScript.Answers(List.of("Hm."), List.of(), List.of(), ENDED, SOME),
                new ModelScript.Answers(List.of(), List.of("{\"n\"", ":1}"), List.of(), ENDED, SOME));

        assertThat(progress.deltas()).containsExactly(new Delta.Reasoning("Hm."), new Delta.Text("{\"n\":1}"));
        assertThat(progress.timesOpened()).isOne();
        assertThat(answer.usage()).contains(new Usage(20, 2, 10, 4));
    }

    /** Whatever comes of them, their provider counts them. */
    @Test
    void theTokensOfEveryAttemptAreCounted() throws BrokenOff {
        ModelScript wrong = new ModelScript.Answers(List.of(), List.of("One."), List.of(), ENDED, SOME);
        Optional<Usage> both = Optional.of(new Usage(20, 2, 10, 4));

        assertThat(verified(held(true), wrong, ModelScript.says("{\"n\":1}")).usage())
                .isEqualTo(SOME);
        assertThat(spent(wrong, wrong)).isEqualTo(both);
        assertThat(spent(wrong, ModelScript.says("One."))).isEqualTo(SOME);
        assertThat(spent(ModelScript.says("One."), wrong)).isEqualTo(SOME);
        assertThat(spent(wrong, new ModelScript.Refuses(Failure.Code.PROVIDER_UNAVAILABLE)))
                .isEqualTo(SOME);
        assertThat(spent(wrong, new ModelScript.Refuses(Failure.Code.CONTEXT_TOO_LONG)))
                .isEqualTo(SOME);
        assertThat(spent(ModelScript.says("One."), ModelScript.says("One."))).isEmpty();
        sampling = Sampling.DEFAULT.withMaxTokens(5);
        assertThat(spent(wrong)).isEqualTo(SOME);
    }

    private Optional<Usage> spent(ModelScript... script) {
        return catchThrowableOfType(BrokenOff.class, () -> verified(held(true), script))
                .spent();
    }

    @Test
    void itIsAskedForOnceMoreAndNotTwice() {
        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class,
                () -> verified(held(true), ModelScript.says("One."), ModelScript.says("{\"n\":\"1\"}")));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.ANSWER_OFF_SCHEMA);
        assertThat(broken.failure().message())
                .startsWith("The answer of model 'a-model' does not keep to the schema: at /n, string found, integer"
                        + " expected.");
        assertThat(progress.deltas()).isEmpty();
    }

    @Test
    void bothAnswersShareTheLimitOfTokens() throws BrokenOff {
        ModelScript wrong = new ModelScript.Answers(List.of(), List.of("One."), List.of(), ENDED, SOME);
        sampling = Sampling.DEFAULT.withMaxTokens(20);

        verified(held(true), wrong, ModelScript.says("{\"n\":1}"));

        assertThat(model.lastRequest().sampling().maxTokens()).isEqualTo(15);

        sampling = Sampling.DEFAULT.withMaxTokens(5);
        BrokenOff broken = catchThrowableOfType(BrokenOff.class, () -> verified(held(true), wrong));
        assertThat(broken.failure().code()).isEqualTo(Failure.Code.ANSWER_OFF_SCHEMA);
    }

    @Test
    void aConversationThatOnlyTheRepairMakesTooLongIsNotCalledSo() {
        BrokenOff tooLong = catchThrowableOfType(
                BrokenOff.class,
                () -> verified(
                        held(true), ModelScript.says("One."), new ModelScript.Refuses(Failure.Code.CONTEXT_TOO_LONG)));
        BrokenOff away = catchThrowableOfType(
                BrokenOff.class,
                () -> verified(
                        held(true),
                        ModelScript.says("One."),
                        new ModelScript.Refuses(Failure.Code.PROVIDER_UNAVAILABLE)));

        assertThat(tooLong.failure().code()).isEqualTo(Failure.Code.ANSWER_OFF_SCHEMA);
        assertThat(away.failure().code()).isEqualTo(Failure.Code.PROVIDER_UNAVAILABLE);
    }

    @Test
    void whatFollowsTextThatIsNoAnswerIsToldAfterIt() throws BrokenOff {
        ToolCall call = new ToolCall("call_1", "measure", new ToolArguments.Json("{}"));
        JsonText scores = new JsonText("[{\"token\":\"So\",\"logprob\":-0.5,\"top_logprobs\":[]}]");

        verified(
                held(true),
                ModelScript.tells(
                        new Passage.Spoken("So", Optional.of(scores)),
                        new Passage.Thought("Hm."),
                        new Passage.Called(call),
                        new Passage.Refused("No.")));

        assertThat(progress.deltas())
                .containsExactly(
                        new Delta.ScoredText("So", scores),
                        new Delta.Reasoning("Hm."),
                        new Delta.CallOpened("call_1", "measure"),
                        new Delta.CallArguments("{}"),
                        new Delta.CallClosed(call),
                        new Delta.Refused("No."));
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
        return verified(format, script).message();
    }

    private Answer verified(ResponseFormat format, ModelScript... script) throws BrokenOff {
        InferenceRequest request = new InferenceRequest(
                "a-model",
                List.of(Message.User.of("Hi")),
                List.of(),
                new ToolChoice.Auto(),
                sampling,
                Optional.of(format));
        progress = new RecordingProgress();
        return inference(script).infer(request, progress, new Cancellation());
    }

    private static ResponseFormat held(boolean strict) {
        return new ResponseFormat.JsonSchema(SCHEMA, Optional.empty(), Optional.empty(), strict);
    }
}
