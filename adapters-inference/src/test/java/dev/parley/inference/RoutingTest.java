package dev.parley.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.Models;
import dev.parley.application.port.Models.Model;
import dev.parley.application.port.Schemas;
import dev.parley.application.port.Tokenizer;
import dev.parley.application.testing.RecordingProgress;
import dev.parley.application.testing.RecordingReceiver;
import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.testing.ErrorScenario;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ScriptedUpstream;
import dev.parley.inference.testing.TextScenario;
import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The module as the application sees it: by configuration, with two servers behind it. */
@Timeout(30)
class RoutingTest {

    private final ScriptedUpstream near =
            ScriptedUpstream.start().otherwise(TextScenario.VLLM_TEXT.reply()).models("qwen3", "shared");
    private final ScriptedUpstream far =
            ScriptedUpstream.start().otherwise(TextScenario.OPENAI_TEXT.reply()).models("gpt-4.1", "shared");
    private final ApplicationContext context = ApplicationContext.builder()
            .environmentPropertySource(false)
            .banner(false)
            .properties(Map.of(
                    "parley.inference.default-provider", "near",
                    "parley.inference.providers.near.base-url", near.baseUri() + "/",
                    "parley.inference.providers.near.profile", "vllm",
                    "parley.inference.providers.far.base-url", far.baseUri() + "?api-version=1",
                    "parley.inference.providers.far.api-key", "sk-far",
                    "parley.inference.providers.far.headers.X-Team", "blue",
                    "parley.inference.providers.far.max-retries", "0",
                    "parley.inference.providers.demo.type", "scripted",
                    "parley.inference.models.best.provider", "far",
                    "parley.inference.models.best.model", "gpt-4.1"))
            .start();
    private final Inference inference = context.getBean(Inference.class);
    private final Models models = context.getBean(Models.class);

    @AfterEach
    void close() {
        context.close();
        near.close();
        far.close();
    }

    @Test
    void anAliasLeadsToItsModel() throws BrokenOff {
        ask("best");

        RecordedRequest request = far.awaitRequest(1);
        assertThat(request.chat().model()).contains("gpt-4.1");
        assertThat(request.path()).isEqualTo("/v1/chat/completions?api-version=1");
        assertThat(request.header("Authorization")).contains("Bearer sk-far");
        assertThat(request.header("x-team")).contains("blue");
        assertThat(request.header("Accept")).contains("text/event-stream");
        assertThat(request.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(request.header("User-Agent")).contains("parley");
        assertThat(request.header("Upgrade")).isEmpty();
        assertThat(request.header("Expect")).isEmpty();
        assertThat(request.header("Accept-Encoding")).isEmpty();
    }

    @Test
    void everyOtherNameGoesToTheDefaultProviderUnchanged() throws BrokenOff {
        ask("meta-llama/Llama-3.3");
        ask("unknown::model");

        assertThat(near.requests())
                .extracting(request -> request.chat().model().orElse(""))
                .containsExactly("meta-llama/Llama-3.3", "unknown::model");
        assertThat(near.awaitRequest(1).path()).isEqualTo("/v1/chat/completions");
        assertThat(near.awaitRequest(1).header("Authorization")).isEmpty();
    }

    @Test
    void aProviderIsReachedByItsName() throws BrokenOff {
        ask("far::gpt-4.1");

        assertThat(far.awaitRequest(1).chat().model()).contains("gpt-4.1");
    }

    @Test
    void theListHasTheAliasesAndWhatTheProvidersHave() {
        assertThat(models.list())
                .containsExactly(
                        new Model("best", "far", "gpt-4.1"),
                        new Model("demo::scripted", "demo", "scripted"),
                        new Model("far::gpt-4.1", "far", "gpt-4.1"),
                        new Model("far::shared", "far", "shared"),
                        new Model("qwen3", "near", "qwen3"),
                        new Model("shared", "near", "shared"));
        assertThat(far.modelRequests().getFirst().header("Authorization")).contains("Bearer sk-far");
    }

    @Test
    void theListIsAskedForOnce() {
        models.list();
        models.list();

        assertThat(near.modelRequests()).hasSize(1);
    }

    @Test
    void theProvidersAreListedWithTheirHealth() {
        far.models(Reply.json(401, "{\"error\":{\"message\":\"Incorrect API key provided: sk-f**r\"}}"));

        assertThat(models.providers())
                .extracting(Models.Provider::name, Models.Provider::type, Models.Provider::healthy)
                .containsExactly(
                        tuple("demo", "scripted", true),
                        tuple("far", "openai-compatible", false),
                        tuple("near", "openai-compatible", true));
        Models.Provider unwell = models.providers().get(1);
        assertThat(unwell.endpoint()).isEqualTo(far.baseUri().toString());
        assertThat(unwell.problem()).isEqualTo("Provider 'far' refuses this server's credentials (HTTP 401)");
    }

    @Test
    void aProviderThatIsGoneIsUnwellAndTheOthersAreListed() {
        far.close();

        assertThat(models.list())
                .extracting(Model::id)
                .contains("best", "qwen3")
                .doesNotContain("far::shared");
        assertThat(models.providers().get(1).problem()).contains("can't be reached");
    }

    @Test
    void aServerWithoutAListIsWell() {
        far.models(Reply.body(404, "text/plain", "404 page not found"));

        assertThat(models.providers()).allMatch(Models.Provider::healthy);
    }

    @Test
    void requestsInAProvidersWordsFollowTheSameNames() throws BrokenOff {
        near.enqueue(ErrorScenario.VLLM_UNKNOWN_MODEL.reply());

        forward("best");

        assertThat(far.awaitRequest(1).body()).isEqualTo("{\"model\":\"gpt-4.1\",\"messages\":[]}");
        assertThat(far.awaitRequest(1).header("Authorization")).contains("Bearer sk-far");
        assertThat(Objects.requireNonNull(catchThrowableOfType(BrokenOff.class, () -> forward("nope")))
                        .failure()
                        .message())
                .isEqualTo("The requested model 'nope' does not exist. Provider 'near' has qwen3, shared.");
    }

    @Test
    void tokensAreCountedByTheModelsProvider() {
        near.path("/tokenize", Reply.json(200, "{\"count\":23}"));

        assertThat(context.getBean(Tokenizer.class).count(request("qwen3"))).isEqualTo(23);
        assertThat(context.getBean(Tokenizer.class).count(request("demo::scripted")))
                .isOne();
        assertThat(context.getBean(Tokenizer.class).count(request("best"))).isEqualTo(8);
    }

    @Test
    void strictAnswersAreHeldToTheirSchema() {
        InferenceRequest plain = request("best");
        InferenceRequest strict = new InferenceRequest(
                plain.model(),
                plain.messages(),
                plain.tools(),
                plain.toolChoice(),
                plain.sampling(),
                Optional.of(new ResponseFormat.JsonSchema(
                        new JsonText("{\"type\":\"object\"}"), Optional.empty(), Optional.empty(), true)));

        BrokenOff broken = catchThrowableOfType(
                BrokenOff.class, () -> inference.infer(strict, new RecordingProgress(), new Cancellation()));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.ANSWER_OFF_SCHEMA);
        assertThat(context.getBean(Schemas.class)).isNotNull();
    }

    @Test
    void aModelThatIsNotThereIsNamedWithThoseThatAre() {
        near.enqueue(ErrorScenario.VLLM_UNKNOWN_MODEL.reply());
        far.enqueue(ErrorScenario.OPENAI_UNKNOWN_MODEL.reply());

        assertThat(failure("nope"))
                .isEqualTo(Failure.of(
                        Failure.Code.MODEL_NOT_FOUND,
                        "The requested model 'nope' does not exist. Provider 'near' has qwen3, shared."));
        assertThat(failure("far::nope").message())
                .isEqualTo("The requested model 'far::nope' does not exist. Provider 'far' has far::gpt-4.1,"
                        + " far::shared.");
    }

    @Test
    void aLongListIsCutShort() {
        near.models(IntStream.range(0, 25).mapToObj(number -> "m" + number).toArray(String[]::new))
                .enqueue(ErrorScenario.OLLAMA_UNKNOWN_MODEL.reply());

        assertThat(failure("nope").message())
                .endsWith("Provider 'near' has m0, m1, m2, m3, m4, m5, m6, m7, m8, m9 and 15 more.");
    }

    private void ask(String model) throws BrokenOff {
        inference.infer(request(model), new RecordingProgress(), new Cancellation());
    }

    private void forward(String model) throws BrokenOff {
        context.getBean(ChatProxy.class)
                .forward(
                        ChatProxy.Endpoint.CHAT_COMPLETIONS,
                        "{\"model\":\"%s\",\"messages\":[]}".formatted(model).getBytes(UTF_8),
                        new RecordingReceiver(),
                        new Cancellation());
    }

    private Failure failure(String model) {
        return Objects.requireNonNull(catchThrowableOfType(BrokenOff.class, () -> ask(model)))
                .failure();
    }

    private static InferenceRequest request(String model) {
        return new InferenceRequest(
                model,
                List.of(Message.User.of("Hi")),
                List.of(),
                new ToolChoice.Auto(),
                Sampling.DEFAULT,
                Optional.empty());
    }
}
