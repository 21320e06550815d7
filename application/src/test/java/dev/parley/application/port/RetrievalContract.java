package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.domain.Owner;
import dev.parley.domain.turn.Failure;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every source of material does. */
public abstract class RetrievalContract {

    private Retrieval retrieval;

    protected abstract Retrieval retrieval();

    /** Whose the stores are; the same each time. */
    protected abstract Owner owner();

    /** The name of a store with material for {@link #question}. */
    protected abstract String store();

    /** Words that the store has material for. */
    protected abstract String question();

    /** Words that it has none for. */
    protected abstract String otherQuestion();

    @BeforeEach
    final void open() {
        retrieval = retrieval();
    }

    @Test
    void whatFitsIsFound() throws BrokenOff {
        assertThat(retrieve(store(), question())).isNotBlank();
    }

    @Test
    void whenNothingFitsTheContentIsEmpty() throws BrokenOff {
        assertThat(retrieve(store(), otherQuestion())).isEmpty();
    }

    @Test
    void aStoreThatDoesNotExistBreaksTheTurnOff() {
        BrokenOff broken = catchThrowableOfType(BrokenOff.class, () -> retrieve("no-such-store", question()));

        assertThat(broken.failure().code()).isEqualTo(Failure.Code.RETRIEVAL_FAILED);
        assertThat(broken.failure().message()).contains("no-such-store");
    }

    private String retrieve(String store, String words) throws BrokenOff {
        return retrieval
                .retrieve(owner(), List.of(store), words, new Cancellation())
                .text();
    }
}
