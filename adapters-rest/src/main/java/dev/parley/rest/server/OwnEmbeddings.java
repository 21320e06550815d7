package dev.parley.rest.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.Embedder;
import dev.parley.application.port.Embedder.EmbeddingFailed;
import dev.parley.application.port.Embedder.Purpose;
import dev.parley.application.port.Tokens;
import dev.parley.application.retrieval.Embedders;
import dev.parley.domain.Refusal;
import dev.parley.domain.turn.Failure;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonArray;
import dev.parley.rest.json.JsonValue.JsonString;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers requests for embeddings by the models that this server names itself, in the words of both interfaces. What
 * other models are asked for is not its business.
 */
@Singleton
final class OwnEmbeddings {

    private static final String MODEL = "model";
    private static final int MOST_TEXTS = 2048;

    /** Some models read a question in another way than what it is asked of; OpenAI has no word for it, others have these. */
    private static final Map<String, Purpose> PURPOSES = Map.of(
            "query", Purpose.QUERY,
            "search_query", Purpose.QUERY,
            "document", Purpose.DOCUMENT,
            "passage", Purpose.DOCUMENT,
            "search_document", Purpose.DOCUMENT);

    private static final Map<String, Boolean> ENCODINGS = Map.of("float", false, "base64", true);

    private final Embedders embedders;
    private final Tokens tokens;

    OwnEmbeddings(Embedders embedders, Tokens tokens) {
        this.embedders = embedders;
        this.tokens = tokens;
    }

    /** The model that a body in OpenAI's words names, if it is one of ours; empty also when the body names none. */
    Optional<Embedder> named(byte[] body) {
        if (embedders.all().isEmpty()) {
            return Optional.empty();
        }
        JsonField in = JsonField.body(body);
        return in.at(MODEL).isGiven() && in.at(MODEL).value() instanceof JsonString(String model)
                ? embedders.find(model)
                : Optional.empty();
    }

    /**
     * Answers in OpenAI's words. Blocks until it has.
     *
     * @throws Refusal when the request can't be what it is
     * @throws BrokenOff when the model gives no vectors
     */
    void answer(Embedder embedder, byte[] body, ChatProxy.Receiver receiver, Cancellation cancellation)
            throws BrokenOff {
        JsonField in = JsonField.body(body);
        List<String> texts = texts(in.at("input"));
        boolean inBase64 =
                in.at("encoding_format").optional(word -> word.oneOf(ENCODINGS)).orElse(false);
        Purpose purpose =
                in.at("input_type").optional(word -> word.oneOf(PURPOSES)).orElse(Purpose.DOCUMENT);
        requireDimension(in.at("dimensions"), embedder);
        List<float[]> vectors = vectors(embedder, texts, purpose, cancellation);
        long count = texts.stream().mapToLong(text -> tokens.ends(text).length).sum();
        tell(EmbeddingJson.ofOpenAi(embedder.id(), vectors, inBase64, count), receiver);
    }

    /**
     * Answers in the words of the Agents API (agents-api 9.3). Blocks until it has.
     *
     * @throws Refusal when the request can't be what it is, or names none of these models
     * @throws BrokenOff when the model gives no vectors
     */
    void answerAgents(byte[] body, ChatProxy.Receiver receiver, Cancellation cancellation) throws BrokenOff {
        JsonField in = JsonField.body(body);
        Embedder embedder = require(in.at("model_id"));
        List<String> texts = atMost(in.at("contents"), in.at("contents").list(OwnEmbeddings::content));
        Purpose purpose =
                in.at("task_type").optional(word -> word.oneOf(PURPOSES)).orElse(Purpose.DOCUMENT);
        requireDimension(in.at("output_dimension"), embedder);
        boolean mayBeCut = in.at("text_truncation")
                .optional(word -> word.oneOf(Map.of("none", false, "end", true)))
                .orElse(true);
        if (!mayBeCut) {
            requireShort(in.at("contents"), texts, embedder);
        }
        tell(EmbeddingJson.ofAgents(vectors(embedder, texts, purpose, cancellation)), receiver);
    }

    private Embedder require(JsonField field) {
        return embedders
                .find(field.string())
                .orElseThrow(() -> field.refuse("The embedding model '%s' does not exist; there are %s"
                        .formatted(
                                field.string(),
                                embedders.all().stream().map(Embedder::id).toList())));
    }

    private static List<String> texts(JsonField input) {
        return switch (input.value()) {
            case JsonString(String text) -> List.of(text);
            case JsonArray _ -> atMost(input, input.list(OwnEmbeddings::text));
            default -> throw input.mustBe("a text or a list of texts");
        };
    }

    private static List<String> atMost(JsonField field, List<String> texts) {
        if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
            throw field.refuse("%s must have from 1 to %d texts".formatted(field.name(), MOST_TEXTS));
        }
        return texts;
    }

    private static String text(JsonField field) {
        if (field.value() instanceof JsonString(String text)) {
            return text;
        }
        throw field.refuse(field.name() + " must be a text: this model takes no tokens");
    }

    /** A text, or an item that has one. */
    private static String content(JsonField field) {
        if (field.value() instanceof JsonString(String text)) {
            return text;
        }
        field.at("type").oneOf(Map.of("text", true));
        return field.at("text").string();
    }

    private void requireShort(JsonField field, List<String> texts, Embedder embedder) throws BrokenOff {
        int most;
        try {
            most = embedder.model().maxTokens();
        } catch (EmbeddingFailed failed) {
            throw broken(failed);
        }
        for (String text : texts) {
            if (tokens.ends(text).length > most) {
                throw field.refuse("%s has a text of more than %d tokens, which is all that the model reads"
                        .formatted(field.name(), most));
            }
        }
    }

    private static void requireDimension(JsonField field, Embedder embedder) throws BrokenOff {
        Optional<Integer> asked = field.optional(number -> number.integer(1));
        if (asked.isEmpty()) {
            return;
        }
        int dimension;
        try {
            dimension = embedder.model().dimension();
        } catch (EmbeddingFailed failed) {
            throw broken(failed);
        }
        if (asked.get() != dimension) {
            throw field.refuse(
                    "%s must be %d, or be left out: that is what the model has".formatted(field.name(), dimension));
        }
    }

    private static List<float[]> vectors(
            Embedder embedder, List<String> texts, Purpose purpose, Cancellation cancellation) throws BrokenOff {
        try {
            return embedder.embed(texts, purpose, cancellation);
        } catch (EmbeddingFailed failed) {
            throw broken(failed);
        }
    }

    private static BrokenOff broken(EmbeddingFailed failed) {
        return new BrokenOff(Failure.Code.PROVIDER_UNAVAILABLE, failed.explanation());
    }

    private static void tell(String answer, ChatProxy.Receiver receiver) {
        byte[] bytes = answer.getBytes(UTF_8);
        receiver.head(200, "application/json");
        receiver.bytes(bytes, 0, bytes.length);
    }
}
