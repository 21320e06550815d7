package dev.parley.inference.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference.Answer;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingProgress;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ScriptedProviderTest {

    private static final ToolDefinition WEATHER = tool(
            "get_weather",
            new ToolInput.Parameters(List.of(
                    new ToolParameter("city", "str", "", true, Optional.empty()),
                    new ToolParameter("days", "int", "", true, Optional.empty()),
                    new ToolParameter("unit", "str", "", true, Optional.of(new JsonText("\"C\""))),
                    new ToolParameter("note", "str", "", false, Optional.empty()))));
    private static final ToolDefinition CLOCK = AgentFixture.tool("get_time");

    private final Provider provider = ScriptedProviders.open(new ProviderSettings.Scripted("scripted", Duration.ZERO));
    private final RecordingProgress progress = new RecordingProgress();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void saysThatThereIsNoModelAndWhatToDoWordByWord() throws BrokenOff {
        Answer answer = ask(request(new ToolChoice.Auto(), List.of(), Message.User.of("Good morning!")));

        assertThat(answer.message().text())
                .startsWith("No model is configured")
                .contains("You said: \"Good morning!\"", "OPENAI_BASE_URL", "OPENAI_API_KEY");
        assertThat(answer.message().stopReason()).isEqualTo(StopReason.END_OF_TURN);
        assertThat(progress.text()).isEqualTo(answer.message().text());
        assertThat(progress.deltas()).hasSizeGreaterThan(20);
        assertThat(progress.timesOpened()).isOne();
        assertThat(answer.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.inputTokens()).isEqualTo(2);
            assertThat(usage.outputTokens()).isEqualTo(progress.deltas().size());
        });
    }

    @Test
    void thinksWhenItIsAskedTo() throws BrokenOff {
        Answer answer = ask(request(new ToolChoice.Auto(), List.of(CLOCK), Message.User.of("Think, then get_time")));

        assertThat(answer.message().passages())
                .satisfiesExactly(
                        thought -> assertThat(thought)
                                .isEqualTo(
                                        new Passage.Thought("I was asked to think about this: Think, then get_time")),
                        called -> assertThat(called).isInstanceOf(Passage.Called.class));
        assertThat(progress.deltas().getFirst()).isEqualTo(new Delta.Reasoning("I"));
        assertThat(answer.usage().orElseThrow().reasoningTokens()).isEqualTo(10);
    }

    @Test
    void refusesWhenItIsAskedTo() throws BrokenOff {
        Answer answer = ask(request(new ToolChoice.Auto(), List.of(), Message.User.of("Please refuse.")));

        assertThat(answer.message().passages())
                .containsExactly(new Passage.Refused("I was asked to refuse, so I do. Ask me something else."));
        assertThat(progress.deltas()).allMatch(Delta.Refused.class::isInstance);
    }

    @Test
    void saysTheSameToTheSameWords() throws BrokenOff {
        InferenceRequest request = request(new ToolChoice.Auto(), List.of(WEATHER), Message.User.of("get_weather"));

        assertThat(ask(request)).isEqualTo(ask(request));
    }

    @Test
    void callsTheToolThatTheUserNames() throws BrokenOff {
        Answer answer = ask(request(
                new ToolChoice.Auto(),
                List.of(CLOCK, WEATHER),
                Message.User.of("Please ask get_weather about Paris for 3 days.")));

        ToolCall call = new ToolCall(
                "call_1", "get_weather", new ToolArguments.Json("{\"city\":\"Paris\",\"days\":3,\"unit\":\"C\"}"));
        assertThat(answer.message())
                .isEqualTo(new Message.Assistant("", Optional.empty(), List.of(call), StopReason.END_OF_TURN));
        assertThat(progress.deltas())
                .containsExactly(
                        new Delta.CallOpened("call_1", "get_weather"),
                        new Delta.CallArguments(call.arguments().text()),
                        new Delta.CallClosed(call));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Use a tool, please                   | get_time",
                "Call something                       | get_time",
                "get_weather and get_time             | get_time get_weather",
                "What a stool, he recalled            | ''",
                "Hi                                   | ''"
            })
    void callsAToolWhenItIsSpokenOf(String said, String called) throws BrokenOff {
        Answer answer = ask(request(new ToolChoice.Auto(), List.of(CLOCK, WEATHER), Message.User.of(said)));

        assertThat(answer.message().toolCalls().stream().map(ToolCall::toolName))
                .containsExactly(called.isEmpty() ? new String[0] : called.split(" "));
    }

    @Test
    void heedsTheChoiceOfTools() throws BrokenOff {
        Message hello = Message.User.of("Hi");
        Message wish = Message.User.of("Call get_time");

        assertThat(called(new ToolChoice.None(), wish)).isEmpty();
        assertThat(called(new ToolChoice.Required(), hello)).containsExactly("get_time");
        assertThat(called(new ToolChoice.Named("get_weather"), hello)).containsExactly("get_weather");
        assertThat(called(new ToolChoice.Named("nowhere"), hello)).isEmpty();
    }

    @Test
    void answersWithWhatTheToolsSaid() throws BrokenOff {
        List<Message> messages = new ArrayList<>(List.of(Message.User.of("Call get_time and get_weather in Rome")));
        InferenceRequest first = request(new ToolChoice.Auto(), List.of(CLOCK, WEATHER), messages);
        Message.Assistant calling = ask(first).message();
        messages.add(calling);
        for (ToolCall call : calling.toolCalls()) {
            messages.add(new Message.Tool(call.callId(), Content.of(call.toolName() + " is fine")));
        }

        Answer answer = ask(request(new ToolChoice.Auto(), List.of(CLOCK, WEATHER), messages));

        assertThat(answer.message().toolCalls()).isEmpty();
        assertThat(answer.message().text())
                .contains("No model is configured")
                .contains("The tool get_time answered: get_time is fine")
                .contains("The tool get_weather answered: get_weather is fine");
    }

    @Test
    void aLaterCallHasAnotherId() throws BrokenOff {
        ToolCall earlier = new ToolCall("call_1", "get_time", new ToolArguments.Json("{}"));
        Answer answer = ask(request(
                new ToolChoice.Auto(),
                List.of(CLOCK),
                Message.User.of("Call get_time"),
                new Message.Assistant("", Optional.empty(), List.of(earlier), StopReason.END_OF_TURN),
                new Message.Tool("call_1", Content.of("noon")),
                Message.Assistant.of("Noon."),
                Message.User.of("Call it again")));

        assertThat(answer.message().toolCalls()).extracting(ToolCall::callId).containsExactly("call_2");
    }

    @Test
    void makesArgumentsOfAnySchema() throws BrokenOff {
        ToolDefinition tool = tool("plan", new ToolInput.Schema(new JsonText("""
            {"type":"object","required":["where","mode","deep","many","some","maybe","count"],"properties":{
             "where":{"type":"string"},"mode":{"enum":["fast","slow"]},"skipped":{"type":"string"},
             "deep":{"type":"object","properties":{"x":{"type":["number","null"]},"y":{"const":1.10}}},
             "many":{"type":"array","items":{"type":"string"}},"some":{"type":"array","items":{"type":"string"},"minItems":1},"maybe":{"type":"boolean"},
             "count":{"type":"integer","default":7}}}
            """)));

        Answer answer =
                ask(request(new ToolChoice.Auto(), List.of(tool), Message.User.of("plan 'New York' in 2 hours")));

        assertThat(answer.message().toolCalls())
                .extracting(call -> call.arguments().text())
                .containsExactly("{\"where\":\"New"
                        + " York\",\"mode\":\"fast\",\"deep\":{\"x\":2,\"y\":1.10},\"many\":[],\"some\":[\"New"
                        + " York\"],\"maybe\":true,\"count\":7}");
    }

    @Test
    void makesSomethingOfEveryWayToDescribeArguments() throws BrokenOff {
        Answer answer = ask(request(
                new ToolChoice.Auto(),
                AgentFixture.everyToolDefinition(),
                Message.User.of("undeclared parameters no_parameters schema")));

        assertThat(answer.message().toolCalls()).hasSize(4);
    }

    @Test
    void answersInTheFormThatIsAskedFor() throws BrokenOff {
        JsonText schema = new JsonText("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
        Answer answer = ask(new InferenceRequest(
                "any",
                List.of(Message.User.of("I live in Rome")),
                List.of(),
                new ToolChoice.Auto(),
                Sampling.DEFAULT,
                Optional.of(ResponseFormat.JsonSchema.of(schema))));

        assertThat(answer.message().text()).isEqualTo("{\"city\":\"Rome\"}");
    }

    @Test
    void aLimitOfTokensCutsItOff() throws BrokenOff {
        Answer answer = ask(new InferenceRequest(
                "any",
                List.of(Message.User.of("Hi")),
                List.of(),
                new ToolChoice.Auto(),
                new Sampling(new Sampling.Strategy.Greedy(), 3, 1.0, Optional.empty()),
                Optional.empty()));

        assertThat(answer.message().text()).isEqualTo("No model is");
        assertThat(answer.message().stopReason()).isEqualTo(StopReason.OUT_OF_TOKENS);
    }

    @Test
    void endsWhenNobodyWantsToHearIt() {
        Provider slow = ScriptedProviders.open(new ProviderSettings.Scripted("slow", Duration.ofSeconds(20)));
        InferenceRequest request = request(new ToolChoice.Auto(), List.of(), Message.User.of("Hi"));
        Future<Answer> answer = Patient.start(() -> slow.answer(request, progress, cancellation));

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(catchThrowableOfType(AssertionError.class, () -> Patient.get(answer)))
                .hasCauseInstanceOf(BrokenOff.class);
        assertThat(progress.deltas()).isEmpty();
    }

    @Test
    void doesNotBeginWhenNobodyWantsToHearIt() {
        cancellation.request(Cancellation.Reason.SHUTDOWN);

        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class, () -> ask(request(new ToolChoice.Auto(), List.of(), Message.User.of("Hi"))));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.INTERRUPTED);
        assertThat(progress.timesOpened()).isZero();
    }

    private List<String> called(ToolChoice choice, Message message) throws BrokenOff {
        return ask(request(choice, List.of(CLOCK, WEATHER), message)).message().toolCalls().stream()
                .map(ToolCall::toolName)
                .toList();
    }

    private Answer ask(InferenceRequest request) throws BrokenOff {
        return provider.answer(request, progress, cancellation);
    }

    private static ToolDefinition tool(String name, ToolInput input) {
        return new ToolDefinition(name, Optional.empty(), input, Optional.empty());
    }

    private static InferenceRequest request(ToolChoice choice, List<ToolDefinition> tools, Message... messages) {
        return request(choice, tools, List.of(messages));
    }

    private static InferenceRequest request(ToolChoice choice, List<ToolDefinition> tools, List<Message> messages) {
        return new InferenceRequest("any", messages, tools, choice, Sampling.DEFAULT, Optional.empty());
    }
}
