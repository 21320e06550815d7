package dev.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Retrieval;
import dev.parley.application.port.RetrievalContract;
import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.VectorStore;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreRetrievalTest extends RetrievalContract {

    private final ReadingRoom room = ReadingRoom.inMemory();

    @Override
    protected Owner owner() {
        return room.owner();
    }

    @Override
    protected Retrieval retrieval() {
        VectorStore store = room.database(store());
        room.inserted(store, "doc", "An apple has 140 g.");
        return room.retrieval();
    }

    @Override
    protected String store() {
        return "fruit";
    }

    @Override
    protected String question() {
        return "What of the apple?";
    }

    @Override
    protected String otherQuestion() {
        return "Quince?";
    }

    @Test
    void ofALongQuestionTheBeginningCounts() throws BrokenOff {
        Retrieval retrieval = retrieval();

        String found = retrieval
                .retrieve(
                        owner(),
                        List.of(store()),
                        question() + " ".repeat(2_000) + "x".repeat(100_000),
                        new Cancellation())
                .text();

        assertThat(found).contains("An apple has 140 g.").hasSizeLessThan(4_000);
    }
}
