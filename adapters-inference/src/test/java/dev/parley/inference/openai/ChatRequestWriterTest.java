package dev.parley.inference.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.AgentFixture;
import dev.parley.domain.agent.ModelOptions;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.message.StopReason;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import dev.parley.inference.provider.CallIds;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.testing.ChatRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestWriterTest {

    private static final ToolDefinition WEATHER = new ToolDefinition(
            "get_weather",
            Optional.of("Looks out of the window."),
            new ToolInput.Parameters(List.of(
                    new ToolParameter("city", "str", "Where.", true, Optional.empty()),
                    new ToolParameter("days", "int", "", false, Optional.of(new JsonText("1"))))),
            Optional.of(new JsonText("{\"secret\":1}")));

    @Test
    void aPlainRequest() {
        assertThat(written(Profile.GENERIC, plain(new Message.System("Be brief."), Message.User.of("Hi \"you\""))))
                .isEqualTo("{\"model\":\"a-model\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi \\\"you\\\"\"}],\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true},\"temperature\":0}");
    }

    @Test
    void aConversationWithTools() {
        InferenceRequest request = plain(
                Message.User.of("Weather?"),
                new Message.Assistant(
                        "Let me look.",
                        Optional.of("They want the weather."),
                        List.of(
                                new ToolCall("call_1", "get_weather", new ToolArguments.Json("{\"city\": \"Paris\"}")),
                                new ToolCall("call_2", "get_weather", new ToolArguments.Malformed("{\"city\": \"P"))),
                        StopReason.END_OF_TURN),
                new Message.Tool("call_1", Content.of("Sun")),
                new Message.Tool("call_2", Content.of("no JSON")));

        String calls =
                "\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                        + "\"arguments\":\"{\\\"city\\\": \\\"Paris\\\"}\"}},{\"id\":\"call_2\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"{\\\"malformed_arguments\\\":"
                        + "\\\"{\\\\\\\"city\\\\\\\": \\\\\\\"P\\\"}\"}}]}";
        assertThat(written(Profile.GENERIC, request))
                .contains("{\"role\":\"assistant\",\"content\":\"Let me look.\"," + calls
                        + ",{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"Sun\"}"
                        + ",{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"no JSON\"}]")
                .doesNotContain("They want");
        assertThat(written(Profile.VLLM, request))
                .contains("\"content\":\"Let me look.\",\"reasoning\":\"They want the weather.\"," + calls);
        assertThat(written(Profile.LLAMA_CPP, request)).contains("\"reasoning_content\":\"They want the weather.\"");
        assertThat(written(Profile.OPENAI, request)).doesNotContain("They want");
    }

    @Test
    void textsBecomeOneAndOnlyImagesMakeParts() {
        Part text = new Part.Text("one");
        Part uri = new Part.Image(new ImageSource.Uri("https://example.org/a.png"));
        Part jpeg = new Part.Image(new ImageSource.Data("/9j/4AAQ"));

        assertThat(messages(new Message.User(
                        new Content.Parts(List.of(text, new Part.Text("two"))), Optional.of(Content.of("three")))))
                .isEqualTo("{\"role\":\"user\",\"content\":\"one\\ntwo\\nthree\"}");
        assertThat(messages(new Message.User(new Content.Single(text), Optional.empty())))
                .isEqualTo("{\"role\":\"user\",\"content\":\"one\"}");
        assertThat(messages(new Message.User(new Content.Parts(List.of(text, uri, jpeg)), Optional.empty())))
                .isEqualTo("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"one\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,/9j/4AAQ\"}}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "iVBORw0KGgo=, image/png",
        "/9j/4AAQ, image/jpeg",
        "R0lGODlh, image/gif",
        "UklGRiQA, image/webp",
        "AAAA, image/png"
    })
    void theKindOfAnImageIsSeenFromItsFirstBytes(String base64, String mediaType) {
        Part image = new Part.Image(new ImageSource.Data(base64));

        assertThat(messages(new Message.User(new Content.Single(image), Optional.empty())))
                .contains("\"data:%s;base64,%s\"".formatted(mediaType, base64));
    }

    @Test
    void aCallAndItsAnswerGoByAnIdThatProvidersTake() {
        String tooLong = "x".repeat(41);
        String sent = CallIds.sent(tooLong);

        assertThat(messages(
                        new Message.Assistant(
                                "",
                                Optional.empty(),
                                List.of(new ToolCall(tooLong, "get_weather", new ToolArguments.Json("{}"))),
                                StopReason.END_OF_TURN),
                        new Message.Tool(tooLong, Content.of("Sun"))))
                .contains("\"id\":\"%s\"".formatted(sent), "\"tool_call_id\":\"%s\"".formatted(sent))
                .doesNotContain(tooLong);
    }

    @Test
    void imagesOfToolsFollowTheAnswersOfAllCalls() {
        Part image = new Part.Image(new ImageSource.Uri("https://example.org/a.png"));

        assertThat(messages(
                        new Message.Tool("call_1", new Content.Single(image)),
                        new Message.Tool("call_2", Content.of("Sun")),
                        Message.User.of("And?")))
                .isEqualTo(
                        "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"See the image that follows.\"},"
                            + "{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"Sun\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"The"
                            + " tools answered with this:\"},"
                            + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/a.png\"}}]},"
                            + "{\"role\":\"user\",\"content\":\"And?\"}");
    }

    @Test
    void toolsAndTheirChoice() {
        String tools =
                ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"description\":\"Looks out"
                    + " of the window.\",\"parameters\":{\"type\":\"object\",\"properties\":{"
                    + "\"city\":{\"type\":\"string\",\"description\":\"Where.\"},\"days\":{\"type\":\"integer\",\"default\":1}},"
                    + "\"required\":[\"city\"]}}}]";

        assertThat(offering(new ToolChoice.Auto())).endsWith(tools + "}");
        assertThat(offering(new ToolChoice.Required())).endsWith(tools + ",\"tool_choice\":\"required\"}");
        assertThat(offering(new ToolChoice.Named("get_weather")))
                .endsWith(tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}}");
        assertThat(offering(new ToolChoice.Hosted(HostedKind.MCP, Optional.empty(), Optional.empty())))
                .endsWith(tools + ",\"tool_choice\":\"required\"}");
        assertThat(offering(new ToolChoice.None())).doesNotContain("tools", "tool_choice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "str            ; {\"type\":\"string\"}",
                "int            ; {\"type\":\"integer\"}",
                "float          ; {\"type\":\"number\"}",
                "bool           ; {\"type\":\"boolean\"}",
                "list           ; {\"type\":\"array\",\"items\":{}}",
                "list[int]      ; {\"type\":\"array\",\"items\":{\"type\":\"integer\"}}",
                "List[Dict[str, Any]] ; {\"type\":\"array\",\"items\":{\"type\":\"object\"}}",
                "dict           ; {\"type\":\"object\"}",
                "Dict[str, int] ; {\"type\":\"object\"}",
                "Optional[int]  ; {\"type\":\"integer\"}",
                "str | None     ; {\"type\":\"string\"}",
                "Any            ; {}",
                "number         ; {\"type\":\"number\"}",
                "object         ; {\"type\":\"object\"}",
                "null           ; {\"type\":\"null\"}",
                "datetime       ; {\"type\":\"string\"}"
            })
    void typesOfPython(String type, String schema) {
        var parameter = new ToolParameter("x", type, "", false, Optional.empty());

        assertThat(schemaOf(new ToolInput.Parameters(List.of(parameter))))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"x\":%s}}".formatted(schema));
    }

    @Test
    void schemasStayAsTheyAreButForTheirDialect() {
        assertThat(schemaOf(new ToolInput.Undeclared())).isEqualTo("{\"type\":\"object\",\"properties\":{}}");
        assertThat(schemaOf(new ToolInput.Schema(new JsonText(" { } ")))).contains(" { } ".strip());
        assertThat(schemaOf(new ToolInput.Schema(AgentFixture.AWKWARD_JSON)))
                .isEqualTo(AgentFixture.AWKWARD_JSON.text());
        assertThat(schemaOf(new ToolInput.Schema(new JsonText(
                        "{\"$schema\":\"https://json-schema.org/draft-07\",\"type\":\"object\",\"multipleOf\":1.10}"))))
                .isEqualTo("{\"type\":\"object\",\"multipleOf\":1.10}");
    }

    @Test
    void samplingInTheWordsOfEachProfile() {
        Sampling topK = new Sampling(new Sampling.Strategy.TopK(40), 100, 1.1, Optional.of(List.of("\n\n", "END")));

        assertThat(sampled(Profile.VLLM, topK))
                .endsWith(",\"top_k\":40,\"repetition_penalty\":1.1,\"max_tokens\":100,\"stop\":[\"\\n\\n\",\"END\"]}");
        assertThat(sampled(Profile.LLAMA_CPP, topK))
                .endsWith(",\"top_k\":40,\"repeat_penalty\":1.1,\"max_tokens\":100,\"stop\":[\"\\n\\n\",\"END\"]}");
        assertThat(sampled(Profile.OPENAI, topK))
                .endsWith("\"include_usage\":true},\"max_completion_tokens\":100,\"stop\":[\"\\n\\n\",\"END\"]}");
        assertThat(sampled(Profile.OLLAMA, topK))
                .endsWith("\"include_usage\":true},\"max_tokens\":100,\"stop\":[\"\\n\\n\",\"END\"]}");
        assertThat(sampled(
                        Profile.GENERIC,
                        new Sampling(new Sampling.Strategy.TopP(0.7, 0.95), 0, 1.0, Optional.of(List.of()))))
                .endsWith(",\"temperature\":0.7,\"top_p\":0.95}");
        assertThat(sampled(Profile.GENERIC, new Sampling(new Sampling.Strategy.TopK(1), 0, 1.0, Optional.empty())))
                .endsWith(",\"temperature\":0}");
    }

    @Test
    void aFormIsAskedForWhereTheEngineCanDoBoth() {
        ResponseFormat format = ResponseFormat.JsonSchema.of(new JsonText("{\"type\":\"object\"}"));
        String asked = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\","
                + "\"schema\":{\"type\":\"object\"}}}}";

        assertThat(formatted(Profile.VLLM, format, List.of())).endsWith(asked);
        assertThat(formatted(Profile.OPENAI, format, List.of(WEATHER))).endsWith(asked);
        assertThat(formatted(Profile.VLLM, format, List.of(WEATHER)))
                .doesNotContain("response_format")
                .contains("{\"role\":\"system\",\"content\":\"When you answer in text, write nothing but JSON that is"
                        + " valid against this JSON Schema: {\\\"type\\\":\\\"object\\\"}\"}");
    }

    /** What it is not asked for it can't enforce. */
    @ParameterizedTest
    @CsvSource({
        "openai, true, true",
        "vllm, true, false",
        "ollama, true, false",
        "llama-cpp, true, false",
        "generic, false, false"
    })
    void anEngineEnforcesTheFormThatItIsAskedFor(String profile, boolean alone, boolean besideTools) {
        ChatRequestWriter writer = new ChatRequestWriter(profile(profile));
        ResponseFormat format = ResponseFormat.JsonSchema.of(new JsonText("{\"type\":\"object\"}"));

        assertThat(writer.enforcesSchema(asking(format, List.of()))).isEqualTo(alone);
        assertThat(writer.enforcesSchema(asking(format, List.of(WEATHER)))).isEqualTo(besideTools);
        assertThat(writer.enforcesSchema(plain())).isFalse();
    }

    @Test
    void aFormIsDescribedAsTheClientDoes() {
        assertThat(formatted(
                        Profile.VLLM,
                        new ResponseFormat.JsonSchema(
                                new JsonText("{\"type\":\"object\"}"),
                                Optional.of("person"),
                                Optional.of("Who."),
                                true),
                        List.of()))
                .endsWith(",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"person\","
                        + "\"description\":\"Who.\",\"schema\":{\"type\":\"object\"},\"strict\":true}}}");
        assertThat(formatted(Profile.VLLM, new ResponseFormat.JsonObject(), List.of()))
                .endsWith(",\"response_format\":{\"type\":\"json_object\"}}");
    }

    @ParameterizedTest
    @CsvSource({"openai, true", "vllm, true", "ollama, false", "llama-cpp, false", "generic, false"})
    void callsAreHeldToTheirInputWhereTheEngineCan(String profile, boolean held) {
        ToolDefinition strict =
                new ToolDefinition("x", Optional.empty(), new ToolInput.Undeclared(), Optional.empty(), true);
        InferenceRequest request = new InferenceRequest(
                "a-model",
                List.of(),
                List.of(strict, WEATHER),
                new ToolChoice.Auto(),
                Sampling.DEFAULT,
                Optional.empty());

        String body = written(profile(profile), request);

        assertThat(body.contains("\"properties\":{}},\"strict\":true}},{")).isEqualTo(held);
        assertThat(body.split("strict", -1)).hasSize(held ? 2 : 1);
    }

    @Test
    void everyWishThatOpenAiKnows() {
        assertThat(wishing(Profile.OPENAI, Wish.all(), WEATHER))
                .contains("\"presence_penalty\":0.5,\"frequency_penalty\":-1,\"logprobs\":true,\"top_logprobs\":3,"
                        + "\"reasoning_effort\":\"xhigh\",\"verbosity\":\"low\",\"service_tier\":\"flex\","
                        + "\"user\":\"ann\",\"safety_identifier\":\"hash-of-ann\","
                        + "\"prompt_cache_key\":\"cache-key\",\"tools\"")
                .endsWith(",\"parallel_tool_calls\":true}");
    }

    @ParameterizedTest
    @CsvSource({"vllm", "ollama", "llama-cpp", "generic"})
    void whatOnlyOpenAiKnowsIsKeptFromOthers(String profile) {
        assertThat(wishing(profile(profile), Wish.all()))
                .endsWith("\"presence_penalty\":0.5,\"frequency_penalty\":-1,\"logprobs\":true,\"top_logprobs\":3,"
                        + "\"reasoning_effort\":\"high\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "openai;    minimal; ,\"reasoning_effort\":\"minimal\"",
                "openai;    none;    ,\"reasoning_effort\":\"none\"",
                "vllm;      minimal; ,\"reasoning_effort\":\"low\"",
                "vllm;      medium;  ,\"reasoning_effort\":\"medium\"",
                "vllm;      max;     ,\"reasoning_effort\":\"high\"",
                "vllm;      none;    ,\"chat_template_kwargs\":{\"enable_thinking\":false}",
                "llama-cpp; none;    ,\"chat_template_kwargs\":{\"enable_thinking\":false}",
                "ollama;    none;    ,\"reasoning_effort\":\"none\"",
                "ollama;    minimal; ,\"reasoning_effort\":\"low\"",
                "generic;   none;    ''"
            })
    void aLevelOfReasoningBecomesTheNearestThatTheEngineKnows(String profile, String level, String asked) {
        assertThat(wishing(profile(profile), Wish.effort(level)))
                .isEqualTo(wishing(profile(profile), ModelOptions.NONE).replaceFirst("}$", asked + "}"));
    }

    @Test
    void tokensAloneAreAskedForWithoutANumber() {
        assertThat(wishing(Profile.GENERIC, Wish.topLogprobs(0))).endsWith(",\"logprobs\":true}");
    }

    @Test
    void aNumberOfLikelyTokensMakesNoSenseWithoutTheTokens() {
        InferenceRequest request = Wish.in(plain(Message.User.of("Hi")), Wish.topLogprobs(2));

        assertThat(new ChatRequestWriter(Profile.GENERIC)
                        .write(request, Set.of("logprobs"))
                        .toString(UTF_8))
                .doesNotContain("logprobs");
    }

    @Test
    void parallelCallsAreSpokenOfOnlyBesideTools() {
        assertThat(wishing(Profile.OPENAI, Wish.parallelToolCalls(false))).doesNotContain("parallel");
        assertThat(wishing(Profile.OPENAI, Wish.parallelToolCalls(false), WEATHER))
                .endsWith(",\"parallel_tool_calls\":false}");
    }

    @Test
    void whateverIsInATextTheRequestIsJson() {
        String lone = "\ud800 " + AgentFixture.AWKWARD_TEXT + " \udc00";
        ChatRequest read = ChatRequest.from(written(Profile.GENERIC, plain(Message.User.of(lone))));

        assertThat(read.lastUserText()).contains(lone);
    }

    private static InferenceRequest plain(Message... messages) {
        return Trial.request(messages);
    }

    private static String messages(Message... messages) {
        String body = written(Profile.GENERIC, plain(messages));
        return body.substring(body.indexOf('[') + 1, body.lastIndexOf("],\"stream\""));
    }

    private static String offering(ToolChoice choice) {
        return written(
                Profile.GENERIC,
                new InferenceRequest(
                        "a-model", List.of(), List.of(WEATHER), choice, Sampling.DEFAULT, Optional.empty()));
    }

    private static String schemaOf(ToolInput input) {
        ToolDefinition tool = new ToolDefinition("x", Optional.empty(), input, Optional.empty());
        String body = written(
                Profile.GENERIC,
                new InferenceRequest(
                        "a-model",
                        List.of(),
                        List.of(tool),
                        new ToolChoice.Auto(),
                        Sampling.DEFAULT,
                        Optional.empty()));
        String before = "\"parameters\":";
        return body.substring(body.indexOf(before) + before.length(), body.length() - "}}]}".length());
    }

    private static String sampled(Profile profile, Sampling sampling) {
        return written(
                profile,
                new InferenceRequest(
                        "a-model", List.of(), List.of(), new ToolChoice.Auto(), sampling, Optional.empty()));
    }

    private static String formatted(Profile profile, ResponseFormat format, List<ToolDefinition> tools) {
        return written(profile, asking(format, tools));
    }

    private static InferenceRequest asking(ResponseFormat format, List<ToolDefinition> tools) {
        return new InferenceRequest(
                "a-model", List.of(), tools, new ToolChoice.Auto(), Sampling.DEFAULT, Optional.of(format));
    }

    private static String wishing(Profile profile, ModelOptions options, ToolDefinition... tools) {
        return written(
                profile,
                new InferenceRequest(
                        "a-model",
                        List.of(),
                        List.of(tools),
                        new ToolChoice.Auto(),
                        Sampling.DEFAULT,
                        Optional.empty(),
                        options));
    }

    private static Profile profile(String name) {
        return Profile.ALL.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String written(Profile profile, InferenceRequest request) {
        return new ChatRequestWriter(profile).write(request, Set.of()).toString(UTF_8);
    }
}
