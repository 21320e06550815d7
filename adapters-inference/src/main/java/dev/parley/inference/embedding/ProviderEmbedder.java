package dev.parley.inference.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy.Endpoint;
import dev.parley.application.port.Embedder;
import dev.parley.domain.retrieval.EmbeddingModel;
import dev.parley.domain.turn.Failure;
import dev.parley.inference.config.EmbeddingSettings;
import dev.parley.inference.embedding.VectorReader.NoVectors;
import dev.parley.inference.provider.ForwardedRequest;
import dev.parley.inference.provider.Provider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model behind a provider's {@code /embeddings}. It is reached as the provider's other models are, with the same
 * patience, and fails in the same words.
 */
final class ProviderEmbedder implements Embedder {

    /** As many as every server takes at once. */
    private static final int TEXTS_AT_ONCE = 32;

    private static final int BYTES_FOR_A_TEXT = 2 << 20;
    private static final int BYTES_AROUND = 1 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    private final EmbeddingSettings settings;
    private final Provider provider;

    /** 0 until it is known. Once it is, it stays: vectors of different lengths can't be compared. */
    private final AtomicInteger dimension;

    ProviderEmbedder(EmbeddingSettings settings, Provider provider) {
        this.settings = settings;
        this.provider = provider;
        this.dimension = new AtomicInteger(settings.dimension().orElse(0));
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public Description description() {
        int known = dimension.get();
        return new Description(
                settings.provider(), settings.model(), known == 0 ? OptionalInt.empty() : OptionalInt.of(known));
    }

    @Override
    public EmbeddingModel model() throws EmbeddingFailed {
        if (dimension.get() == 0) {
            embed(List.of("dimension"), Purpose.DOCUMENT, new Cancellation());
        }
        return new EmbeddingModel(settings.id(), dimension.get(), settings.maxTokens());
    }

    @Override
    public List<float[]> embed(List<String> texts, Purpose purpose, Cancellation cancellation) throws EmbeddingFailed {
        if (cancellation.requested().isPresent()) {
            throw calledOff();
        }
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int start = 0; start < texts.size(); start += TEXTS_AT_ONCE) {
            List<String> some = texts.subList(start, Math.min(start + TEXTS_AT_ONCE, texts.size()));
            vectors.addAll(ask(some, purpose, cancellation));
        }
        return vectors;
    }

    /** A model counts tokens in its own way: where it finds a text too long that should not be, half of it will do. */
    private List<float[]> ask(List<String> texts, Purpose purpose, Cancellation cancellation) throws EmbeddingFailed {
        try {
            return ask(texts, purpose, settings.maxTokens(), cancellation);
        } catch (BrokenOff broken) {
            if (broken.failure().code() != Failure.Code.CONTEXT_TOO_LONG) {
                throw failed(broken);
            }
        }
        try {
            return ask(texts, purpose, Math.max(1, settings.maxTokens() / 2), cancellation);
        } catch (BrokenOff broken) {
            throw broken.failure().code() == Failure.Code.CONTEXT_TOO_LONG
                    ? new EmbeddingFailed(
                            ("A text is longer than the embedding model '%s' can read; the server's operator"
                                            + " must set parley.embeddings.models.%s.max-tokens to what it reads")
                                    .formatted(settings.id(), settings.id()))
                    : failed(broken);
        }
    }

    private List<float[]> ask(List<String> texts, Purpose purpose, int maxTokens, Cancellation cancellation)
            throws EmbeddingFailed, BrokenOff {
        CollectedAnswer answer = new CollectedAnswer(BYTES_AROUND + texts.size() * BYTES_FOR_A_TEXT);
        try {
            provider.forward(
                    ForwardedRequest.of(Endpoint.EMBEDDINGS, body(texts, purpose, maxTokens)), answer, cancellation);
            List<float[]> vectors = VectorReader.read(answer.buffer(), answer.size(), texts.size());
            for (float[] vector : vectors) {
                requireDimension(vector.length);
            }
            return vectors;
        } catch (CollectedAnswer.TooLong _) {
            throw failed("answers with more than vectors can be");
        } catch (NoVectors none) {
            throw failed("answers " + none.getMessage());
        }
    }

    private void requireDimension(int length) throws EmbeddingFailed {
        dimension.compareAndSet(0, length);
        int known = dimension.get();
        if (known != length) {
            throw failed(
                    ("answers with vectors of %d numbers, where %d are expected: another model may stand behind the"
                                    + " name, or its dimension is configured wrong")
                            .formatted(length, known));
        }
    }

    private byte[] body(List<String> texts, Purpose purpose, int maxTokens) {
        String prefix = switch (purpose) {
            case QUERY -> settings.queryPrefix();
            case DOCUMENT -> settings.documentPrefix();
        };
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("model", settings.model());
            json.writeArrayFieldStart("input");
            for (String text : texts) {
                String shown = Shortened.of(prefix + text, maxTokens);
                // some refuse a text of nothing, and a blank is next to it
                json.writeString(shown.isEmpty() ? " " : shown);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }

    private EmbeddingFailed failed(BrokenOff broken) {
        return broken.failure().code() == Failure.Code.INTERRUPTED
                ? calledOff()
                : new EmbeddingFailed(broken.failure().message());
    }

    private EmbeddingFailed failed(String what) {
        return new EmbeddingFailed("The embedding model '%s' of provider '%s' %s. Its operator must look after it."
                .formatted(settings.id(), settings.provider(), what));
    }

    private static EmbeddingFailed calledOff() {
        return new EmbeddingFailed("The embedding was called off");
    }
}
