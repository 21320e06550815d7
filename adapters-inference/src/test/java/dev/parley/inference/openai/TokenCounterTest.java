package dev.parley.inference.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.InferenceRequest;
import dev.parley.application.testing.AgentFixture;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ScriptedUpstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines that count are asked; for the others it is estimated. */
@Timeout(30)
class TokenCounterTest {

    private static final InferenceRequest HELLO =
            request("a-model", List.of(), new Message.System("Be brief."), Message.User.of("Hello there"));

    @Test
    void vllmIsAskedAtTheRootOfItsServer() {
        try (Trial trial = Trial.of(Profile.VLLM)) {
            trial.upstream.path(
                    "/tokenize", Reply.json(200, "{\"count\":23,\"max_model_len\":4096,\"tokens\":[1,2,3]}"));
            InferenceRequest request =
                    request("a-model", List.of(AgentFixture.tool("measure")), Message.User.of("Hello there"));

            assertThat(trial.provider.tokens(request)).isEqualTo(23);
            assertThat(trial.provider.tokens(request)).isEqualTo(23);

            RecordedRequest asked = trial.upstream.requestsTo("/tokenize").getFirst();
            assertThat(asked.header("Authorization")).contains("Bearer " + Trial.KEY.reveal());
            assertThat(asked.body())
                    .startsWith("{\"model\":\"a-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}],"
                            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"measure\"");
            assertThat(trial.upstream.connectionsOpened()).isOne();
            assertThat(trial.upstream.requests()).isEmpty();
        }
    }

    @Test
    void llamaCppMakesThePromptFirst() {
        try (Trial trial = Trial.of(Profile.LLAMA_CPP)) {
            trial.upstream
                    .path("/apply-template", Reply.json(200, "{\"prompt\":\"<|user|>Hello there\\n\"}"))
                    .path("/tokenize", Reply.json(200, "{\"tokens\":[1,{\"id\":2,\"piece\":\"x\"},3,4]}"));

            assertThat(trial.provider.tokens(HELLO)).isEqualTo(4);
            assertThat(trial.upstream.requestsTo("/tokenize").getFirst().body())
                    .isEqualTo("{\"content\":\"<|user|>Hello there\\n\",\"add_special\":true,\"parse_special\":true}");
        }
    }

    @Test
    void anEngineThatDoesNotCountIsNotAskedAgain() {
        try (Trial trial = Trial.of(Profile.VLLM)) {
            assertThat(trial.provider.tokens(HELLO)).isEqualTo(estimate(HELLO));
            assertThat(trial.provider.tokens(HELLO)).isEqualTo(estimate(HELLO));
            assertThat(trial.upstream.requestsTo("/tokenize")).hasSize(1);
        }
    }

    /** Engines tell with the same status that they have no such path, and no such model. */
    @Test
    void anEngineWithoutTheModelIsAskedForOthers() {
        try (Trial trial = Trial.of(Profile.VLLM)) {
            trial.upstream.path(
                    "/tokenize",
                    Reply.json(
                            404,
                            "{\"error\":{\"message\":\"The model `a-model` does not"
                                    + " exist.\",\"type\":\"NotFoundError\",\"code\":404}}"));
            assertThat(trial.provider.tokens(HELLO)).isEqualTo(estimate(HELLO));

            trial.upstream.path("/tokenize", Reply.json(200, "{\"count\":23}"));
            assertThat(trial.provider.tokens(HELLO)).isEqualTo(23);
        }
    }

    @Test
    void withoutAModelNobodyIsAsked() {
        try (Trial trial = Trial.of(Profile.VLLM)) {
            InferenceRequest request = request("", List.of(), Message.User.of("Hello there"));

            assertThat(trial.provider.tokens(request)).isEqualTo(estimate(request));
            assertThat(trial.upstream.requestsTo("/tokenize")).isEmpty();
        }
    }

    @Test
    void providersThatCountForNobodyAreNotAsked() {
        for (Profile profile : List.of(Profile.GENERIC, Profile.OPENAI, Profile.OLLAMA)) {
            try (Trial trial = Trial.of(profile)) {
                assertThat(trial.provider.tokens(HELLO)).isEqualTo(estimate(HELLO));
                assertThat(trial.upstream.requestsTo("/tokenize")).isEmpty();
                assertThat(trial.upstream.requestsTo("/apply-template")).isEmpty();
            }
        }
    }

    @Test
    void anEngineThatCannotBeReachedIsNotWaitedFor() {
        Upstream gone;
        try (ScriptedUpstream closed = ScriptedUpstream.start()) {
            gone = upstream(closed.baseUri(), Profile.VLLM);
        }
        try (gone) {
            assertThat(counter(gone, Duration.ofSeconds(20)).count(HELLO)).isEqualTo(estimate(HELLO));
        }
    }

    @Test
    void anEngineThatIsSilentIsGivenUpOn() {
        try (ScriptedUpstream silent = ScriptedUpstream.start();
                Upstream upstream = upstream(silent.baseUri(), Profile.LLAMA_CPP)) {
            silent.path("/apply-template", Reply.json(200, "{\"prompt\":\"Hello there\"}"))
                    .path("/tokenize", Reply.unsent(Engine.VLLM).stall());

            assertThat(counter(upstream, Duration.ofMillis(300)).count(HELLO)).isEqualTo(estimate(HELLO));
            assertThat(silent.requestsTo("/tokenize")).hasSize(1);
        }
    }

    /** Each of its bytes is in time, and they never come to an end. */
    @Test
    void anEngineThatNeverComesToTheCountIsGivenUpOn() throws IOException {
        try (Blanks engine = Blanks.start();
                Upstream upstream = upstream(engine.uri(), Profile.VLLM)) {
            assertThat(counter(upstream, Duration.ofMillis(300)).count(HELLO)).isEqualTo(estimate(HELLO));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"500 | {}", "200 | {}", "200 | not JSON", "200 | {\"count\":\"many\"}", "200 | [7]"})
    void anEngineThatIsUnwellIsAskedTheNextTime(int status, String body) {
        try (Trial trial = Trial.of(Profile.VLLM)) {
            trial.upstream.path("/tokenize", Reply.json(status, body));
            assertThat(trial.provider.tokens(HELLO)).isEqualTo(estimate(HELLO));

            trial.upstream.path("/tokenize", Reply.json(200, "{\"count\":23}"));
            assertThat(trial.provider.tokens(HELLO)).isEqualTo(23);
        }
    }

    @Test
    void openAisRulesAreTheEstimate() {
        try (Trial trial = Trial.of(Profile.OPENAI)) {
            // 3 for the answer to come; for each message 3, its role and its words
            assertThat(trial.provider.tokens(HELLO)).isEqualTo(3 + (4 + 3) + (4 + 2));
            assertThat(trial.upstream.requestsTo("/tokenize")).isEmpty();
        }
    }

    @Test
    void modelsOfOpenAiHaveTheirOwnTokens() {
        String text = "\u041f\u0440\u0438\u0432\u0435\u0442, \u043a\u0430\u043a \u0434\u0435\u043b\u0430?";
        long newer = estimate(request("openai/gpt-4.1-mini", List.of(), Message.User.of(text)));
        long older = estimate(request("gpt-4", List.of(), Message.User.of(text)));
        long others = estimate(request("qwen3", List.of(), Message.User.of(text)));

        assertThat(newer).isLessThan(older);
        assertThat(others).isEqualTo(older);
    }

    @Test
    void toolsImagesAndSpecialTokensCount() {
        InferenceRequest tools = request("m", List.of(AgentFixture.tool("measure")), Message.User.of("Hello there"));
        InferenceRequest image = request(
                "m",
                List.of(),
                new Message.User(
                        new Content.Parts(List.of(
                                new Part.Text("Hello there"),
                                new Part.Image(new ImageSource.Uri("https://example.org/a.png")))),
                        Optional.empty()));
        long plain = estimate(request("m", List.of(), Message.User.of("Hello there")));

        assertThat(estimate(tools)).isBetween(plain + 10, plain + 100);
        assertThat(estimate(image)).isEqualTo(plain + 765);
        assertThat(estimate(request("m", List.of(), Message.User.of("<|endoftext|>"))))
                .isGreaterThan(5);
    }

    private static TokenCounter counter(Upstream upstream, Duration patience) {
        return new TokenCounter(
                upstream, new ChatRequestWriter(upstream.settings().profile()), patience);
    }

    private static Upstream upstream(URI baseUri, Profile profile) {
        Duration enough = Duration.ofSeconds(20);
        return new Upstream(
                new ProviderSettings.OpenAiCompatible(
                        "local",
                        baseUri,
                        Optional.empty(),
                        profile,
                        new ProviderSettings.Timeouts(enough, enough, enough),
                        0,
                        Map.of()),
                InstantSource.fixed(Trial.NOW));
    }

    /** An engine that answers every request with blanks for as long as somebody reads them. */
    private record Blanks(ServerSocket server) implements AutoCloseable {

        static Blanks start() throws IOException {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().name("blanks").start(() -> serve(server));
            return new Blanks(server);
        }

        URI uri() {
            return URI.create("http://127.0.0.1:%d/v1".formatted(server.getLocalPort()));
        }

        private static void serve(ServerSocket server) {
            try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(US_ASCII));
                byte[] blanks = " ".repeat(1024).getBytes(US_ASCII);
                while (true) {
                    out.write(blanks);
                }
            } catch (IOException left) {
                // which is what it is here for
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static long estimate(InferenceRequest request) {
        return TokenEstimate.of(request, new ChatRequestWriter(Profile.GENERIC).tools(request));
    }

    private static InferenceRequest request(String model, List<ToolDefinition> tools, Message... messages) {
        return new InferenceRequest(
                model, List.of(messages), tools, new ToolChoice.Auto(), Sampling.DEFAULT, Optional.empty());
    }
}
