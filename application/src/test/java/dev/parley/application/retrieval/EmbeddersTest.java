package dev.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.application.port.Embedder;
import dev.parley.application.testing.ScriptedEmbedder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddersTest {

    private final Embedder small = new ScriptedEmbedder("small", 8);
    private final Embedder large = new ScriptedEmbedder("large", 16);

    @Test
    void theFirstOneIsTheDefaultUnlessAnotherIsChosen() {
        assertThat(new Embedders(List.of(small, large), Optional.empty()).byDefault())
                .contains(small);
        assertThat(new Embedders(List.of(small, large), Optional.of("large")).byDefault())
                .contains(large);
        assertThat(new Embedders(List.of(small, large), Optional.of("large")).all())
                .containsExactly(large, small);
        assertThat(new Embedders(List.of(), Optional.empty()).byDefault()).isEmpty();
    }

    @Test
    void eachIsFoundByItsId() {
        Embedders embedders = new Embedders(List.of(small, large), Optional.empty());

        assertThat(embedders.find("large")).contains(large);
        assertThat(embedders.find("LARGE")).isEmpty();
        assertThat(embedders.all()).containsExactly(small, large);
    }

    @Test
    void aChoiceThatIsNotThereAndTwoOfOneIdAreRefused() {
        assertThatThrownBy(() -> new Embedders(List.of(small, large), Optional.of("medium")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no embedding model 'medium'; there are [small, large]");
        assertThatThrownBy(() -> new Embedders(List.of(small, new ScriptedEmbedder("small", 9)), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two");
    }
}
