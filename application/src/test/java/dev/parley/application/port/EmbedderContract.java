package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.parley.application.port.Embedder.EmbeddingFailed;
import dev.parley.application.port.Embedder.Purpose;
import dev.parley.domain.retrieval.EmbeddingModel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every embedder does, whatever its model. */
@Timeout(60)
public abstract class EmbedderContract {

    private static final String QUESTION = "How much does the red bicycle cost?";
    private static final String NEAR = "The red bicycle costs four hundred euros.";
    private static final String FAR = "Parliament adjourned after the vote.";

    private final Cancellation cancellation = new Cancellation();

    protected abstract Embedder embedder();

    @Test
    void itIsTheModelThatItIsNamedBy() throws EmbeddingFailed {
        Embedder embedder = embedder();
        EmbeddingModel model = embedder.model();

        assertThat(model.id()).isEqualTo(embedder.id());
        assertThat(embedder.description().dimension()).hasValue(model.dimension());
        assertThat(embedder.description().provider()).isNotBlank();
    }

    @Test
    void eachTextHasAVectorOfTheModelsDimensionAndOfLengthOne() throws EmbeddingFailed {
        List<float[]> vectors = embed(Purpose.DOCUMENT, NEAR, "", "€ \uD83D\uDE00 \uD800", " ".repeat(1000), FAR);

        int dimension = embedder().model().dimension();
        assertThat(vectors).hasSize(5).allSatisfy(vector -> {
            assertThat(vector).hasSize(dimension);
            assertThat(dot(vector, vector)).isEqualTo(1.0, within(1e-4));
        });
    }

    @Test
    void noTextHasNoVector() throws EmbeddingFailed {
        assertThat(embed(Purpose.DOCUMENT)).isEmpty();
    }

    @Test
    void meaningIsNearerThanNoise() throws EmbeddingFailed {
        float[] question = embed(Purpose.QUERY, QUESTION).getFirst();
        List<float[]> documents = embed(Purpose.DOCUMENT, FAR, NEAR);

        assertThat(dot(question, documents.get(1))).isGreaterThan(dot(question, documents.get(0)) + 0.1);
    }

    @Test
    void aTextHasTheSameVectorEachTimeAndInWhateverCompany() throws EmbeddingFailed {
        float[] alone = embed(Purpose.DOCUMENT, NEAR).getFirst();

        assertThat(embed(Purpose.DOCUMENT, NEAR).getFirst()).isEqualTo(alone);
        assertThat(dot(embed(Purpose.DOCUMENT, FAR, QUESTION, NEAR).getLast(), alone))
                .isEqualTo(1.0, within(1e-4));
    }

    @Test
    void manyTextsKeepTheirOrder() throws EmbeddingFailed {
        List<String> texts =
                IntStream.range(0, 150).mapToObj("article number %d"::formatted).toList();

        List<float[]> vectors = embedder().embed(texts, Purpose.DOCUMENT, cancellation);

        assertThat(vectors).hasSize(150);
        for (int place : new int[] {0, 77, 149}) {
            assertThat(dot(embed(Purpose.DOCUMENT, texts.get(place)).getFirst(), vectors.get(place)))
                    .isEqualTo(1.0, within(1e-4));
        }
    }

    @Test
    void aTextLongerThanTheModelReadsHasAVector() throws EmbeddingFailed {
        String tooLong = "word ".repeat(2 * embedder().model().maxTokens());

        assertThat(embed(Purpose.DOCUMENT, tooLong)).hasSize(1);
    }

    @Test
    void aWishToEndThatWasMadeBeforeEndsItAtOnce() {
        cancellation.request(Cancellation.Reason.CLIENT_LEFT);

        EmbeddingFailed failed = catchThrowableOfType(EmbeddingFailed.class, () -> embed(Purpose.DOCUMENT, NEAR));

        assertThat(failed.explanation()).contains("called off");
    }

    private List<float[]> embed(Purpose purpose, String... texts) throws EmbeddingFailed {
        return embedder().embed(List.of(texts), purpose, cancellation);
    }

    /** How near two vectors are. */
    protected static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int place = 0; place < one.length; place++) {
            sum += (double) one[place] * other[place];
        }
        return sum;
    }
}
