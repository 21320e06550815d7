package dev.parley.inference.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Embedder;
import dev.parley.application.port.Embedder.EmbeddingFailed;
import dev.parley.application.port.Embedder.Purpose;
import dev.parley.application.port.EmbedderContract;
import dev.parley.application.testing.ScriptedEmbedder;
import dev.parley.inference.config.EmbeddingSettings;
import dev.parley.inference.openai.OpenAiProviders;
import dev.parley.inference.provider.Profile;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.provider.Secret;
import dev.parley.inference.testing.EmbeddingReplies;
import dev.parley.inference.testing.EmbeddingReplies.Form;
import dev.parley.inference.testing.Engine;
import dev.parley.inference.testing.RecordedRequest;
import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderEmbedderTest extends EmbedderContract {

    private static final int DIMENSION = 512;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Secret KEY = new Secret("sk-secret-0123456789");

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedEmbedder words = new ScriptedEmbedder("words", DIMENSION);
    private final Provider provider = open(upstream.baseUri());
    private final Cancellation cancellation = new Cancellation();

    @AfterEach
    void close() {
        provider.close();
        upstream.close();
    }

    @Override
    protected Embedder embedder() {
        return embedder(OptionalInt.empty());
    }

    @Test
    void nobodyIsAskedForADimensionThatIsConfigured() throws Exception {
        Embedder embedder = embedder(OptionalInt.of(DIMENSION));

        assertThat(embedder.model().dimension()).isEqualTo(DIMENSION);
        assertThat(upstream.requestsTo("/v1/embeddings")).isEmpty();
    }

    @Test
    void aDimensionThatIsNotConfiguredIsAskedForOnceAndThenKnown() throws Exception {
        Embedder embedder = embedder(OptionalInt.empty());
        assertThat(embedder.description().dimension()).isEmpty();

        assertThat(embedder.model().dimension()).isEqualTo(DIMENSION);
        assertThat(embedder.model().dimension()).isEqualTo(DIMENSION);

        assertThat(embedder.description().dimension()).hasValue(DIMENSION);
        assertThat(upstream.requestsTo("/v1/embeddings")).hasSize(1);
    }

    @Test
    void theRequestHasTheProvidersNameOfTheModelItsKeyAndThePrefixes() throws Exception {
        Embedder embedder = embedder(OptionalInt.of(DIMENSION));

        embedder.embed(List.of("a \"text\"", ""), Purpose.DOCUMENT, cancellation);
        embedder.embed(List.of("what?"), Purpose.QUERY, cancellation);

        List<RecordedRequest> requests = upstream.requestsTo("/v1/embeddings");
        assertThat(requests.getFirst().body())
                .isEqualTo("{\"model\":\"org/a-model\",\"input\":[\"a \\\"text\\\"\",\" \"]}");
        assertThat(requests.getFirst().header("Authorization")).contains("Bearer " + KEY.reveal());
        assertThat(EmbeddingReplies.texts(requests.get(1))).containsExactly("query: what?");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyFormIsRead(Form form) throws Exception {
        Embedder embedder = embedder(OptionalInt.of(DIMENSION));
        upstream.embeddings(request -> EmbeddingReplies.reply(request, form, this::vector));

        List<float[]> vectors = embedder.embed(List.of("red bicycle", "blue boat"), Purpose.DOCUMENT, cancellation);

        assertThat(dot(vectors.get(0), vector("red bicycle"))).isEqualTo(1.0, within(1e-4));
        assertThat(dot(vectors.get(1), vector("blue boat"))).isEqualTo(1.0, within(1e-4));
    }

    @Test
    void vectorsAreBroughtToLengthOne() throws Exception {
        Embedder embedder = embedder(OptionalInt.of(2));
        upstream.embeddings(_ -> EmbeddingReplies.reply(Form.NUMBERS, List.of(new float[] {3, 4})));

        assertThat(embedder.embed(List.of("text"), Purpose.DOCUMENT, cancellation)
                        .getFirst())
                .containsExactly(0.6f, 0.8f);
    }

    @Test
    void manyTextsGoInSeveralRequests() throws Exception {
        embedder(OptionalInt.of(DIMENSION)).embed(Collections.nCopies(70, "text"), Purpose.DOCUMENT, cancellation);

        assertThat(upstream.requestsTo("/v1/embeddings"))
                .extracting(request -> EmbeddingReplies.texts(request).size())
                .containsExactly(32, 32, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":[]} | 0 vectors for 1 texts",
                "{\"data\":[{\"embedding\":[1,0]},{\"embedding\":[1,0]}]} | more vectors than texts",
                "{\"data\":[{\"index\":1,\"embedding\":[1,0]}]} | more vectors than texts",
                "{\"data\":[{\"index\":0}]} | no vector",
                "{\"data\":[{\"index\":0,\"embedding\":null}]} | no vector",
                "{\"data\":[{\"index\":0,\"embedding\":[\"a\"]}]} | something else than numbers",
                "{\"data\":[{\"index\":0,\"embedding\":[NaN,1]}]} | can't be read",
                "{\"data\":[{\"index\":0,\"embedding\":[1e999,1]}]} | no direction",
                "{\"data\":[{\"index\":0,\"embedding\":[0,0]}]} | no direction",
                "{\"data\":[{\"index\":0,\"embedding\":[]}]} | no direction",
                "{\"data\":[{\"index\":0,\"embedding\":\"AADAfwAAgD8=\"}]} | no direction",
                "{\"data\":[{\"index\":0,\"embedding\":\"*\"}]} | can't be read",
                "{\"data\":[3]} | a list of something else",
                "{\"data\":[{\"index\":0,\"embedding\":[1, | can't be read",
                "[] | no JSON object",
                "nothing of the kind | can't be read",
                "{\"error\":{\"message\":\"busy sk-secret-0123456789\"}} | 0 vectors",
                "{\"data\":[{\"index\":0,\"embedding\":[1,0,0]}]} | vectors of 3 numbers, where 2 are expected"
            })
    void anAnswerThatIsNoneIsSaidToBeNone(String body, String said) {
        Embedder embedder = embedder(OptionalInt.of(2));
        upstream.embeddings(_ -> Reply.json(200, body));

        assertThat(failure(embedder))
                .contains(said)
                .contains("'sentences'")
                .contains("'local'")
                .doesNotContain("secret");
    }

    @Test
    void aModelThatChangesItsDimensionIsFoundOut() throws Exception {
        Embedder embedder = embedder(OptionalInt.empty());
        embedder.embed(List.of("text"), Purpose.DOCUMENT, cancellation);
        upstream.embeddings(_ -> EmbeddingReplies.reply(Form.NUMBERS, List.of(new float[] {1, 2, 3})));

        assertThat(failure(embedder)).contains("vectors of 3 numbers, where 512 are expected");
    }

    @Test
    void anAnswerWithoutEndIsLeft() {
        Embedder embedder = embedder(OptionalInt.of(2));
        upstream.embeddings(_ -> Reply.json(200, "{\"data\":[{\"x\":\"" + "y".repeat(4 << 20) + "\"}]}"));

        assertThat(failure(embedder)).contains("more than vectors can be");
    }

    @Test
    void refusalsAreToldInTheProvidersWords() {
        Embedder embedder = embedder(OptionalInt.of(2));
        upstream.embeddings(_ -> Reply.json(401, "{\"error\":{\"message\":\"wrong key sk-secret-0123456789\"}}"));
        assertThat(failure(embedder)).contains("credentials").doesNotContain("secret");

        upstream.embeddings(_ -> Reply.json(404, "{\"error\":{\"message\":\"The model does not exist\"}}"));
        assertThat(failure(embedder)).contains("org/a-model").contains("does not exist");
    }

    @Test
    void aBusyProviderIsAskedAgain() throws Exception {
        Embedder embedder = embedder(OptionalInt.of(2));
        answerWith(
                Reply.json(503, "{}").withHeader("Retry-After", "0"),
                EmbeddingReplies.reply(Form.NUMBERS, List.of(new float[] {1, 0})));

        assertThat(embedder.embed(List.of("text"), Purpose.DOCUMENT, cancellation))
                .hasSize(1);
    }

    @Test
    void aLongTextIsCutAtWhatTheModelReads() throws Exception {
        Embedder embedder = new ProviderEmbedder(settings(OptionalInt.of(DIMENSION), 10), provider);
        answerWithWords();

        embedder.embed(List.of("one two three ".repeat(50)), Purpose.DOCUMENT, cancellation);

        assertThat(EmbeddingReplies.texts(upstream.requestsTo("/v1/embeddings").getFirst()))
                .containsExactly("one two three one two three one two three one");
    }

    @Test
    void aTextThatTheModelStillFindsTooLongIsHalved() throws Exception {
        Embedder embedder = new ProviderEmbedder(settings(OptionalInt.of(2), 10), provider);
        Reply tooLong = Reply.json(
                400, "{\"error\":{\"message\":\"This model's maximum context length is 8 tokens\",\"code\":400}}");
        answerWith(tooLong, EmbeddingReplies.reply(Form.NUMBERS, List.of(new float[] {1, 0})));

        assertThat(embedder.embed(List.of("one two three ".repeat(50)), Purpose.DOCUMENT, cancellation))
                .hasSize(1);
        assertThat(EmbeddingReplies.texts(upstream.requestsTo("/v1/embeddings").getLast()))
                .containsExactly("one two three one two");

        answerWith(tooLong, tooLong);
        assertThat(failure(embedder)).contains("parley.embeddings.models.sentences.max-tokens");
    }

    @Test
    void anAnswerThatIsWaitedForIsLeftWhenItIsCalledOff() throws Exception {
        Embedder embedder = embedder(OptionalInt.of(2));
        CountDownLatch never = new CountDownLatch(1);
        answerWith(Reply.unsent(Engine.OPENAI).awaitGate(never).stall());
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> failure(embedder));
        upstream.awaitRequestTo("/v1/embeddings", 1);

        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        assertThat(said.get(10, TimeUnit.SECONDS)).contains("called off");
    }

    @Test
    void aProviderThatIsNotThereIsNamed() {
        try (Provider gone = open(URI.create("http://127.0.0.1:1/v1"))) {
            assertThat(failure(new ProviderEmbedder(settings(OptionalInt.of(2), 10), gone)))
                    .contains("'local' can't be reached");
        }
    }

    private String failure(Embedder embedder) {
        return catchThrowableOfType(
                        EmbeddingFailed.class, () -> embedder.embed(List.of("text"), Purpose.DOCUMENT, cancellation))
                .explanation();
    }

    private Embedder embedder(OptionalInt dimension) {
        answerWithWords();
        return new ProviderEmbedder(settings(dimension, 8192), provider);
    }

    /** In turn. */
    private void answerWith(Reply... replies) {
        Deque<Reply> next = new ConcurrentLinkedDeque<>(List.of(replies));
        upstream.embeddings(_ -> next.removeFirst());
    }

    private void answerWithWords() {
        upstream.embeddings(request -> EmbeddingReplies.reply(request, Form.NUMBERS, this::vector));
    }

    private float[] vector(String text) {
        try {
            return words.embed(List.of(text), Purpose.DOCUMENT, new Cancellation())
                    .getFirst();
        } catch (EmbeddingFailed impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static EmbeddingSettings settings(OptionalInt dimension, int maxTokens) {
        return new EmbeddingSettings("sentences", "local", "org/a-model", dimension, maxTokens, "query: ", "");
    }

    private static Provider open(URI baseUri) {
        return OpenAiProviders.open(new ProviderSettings.OpenAiCompatible(
                "local",
                baseUri,
                Optional.of(KEY),
                Profile.GENERIC,
                new ProviderSettings.Timeouts(LONG, LONG, LONG),
                1,
                Map.of()));
    }
}
