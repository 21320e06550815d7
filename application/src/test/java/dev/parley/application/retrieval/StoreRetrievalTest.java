package dev.parley.application.retrieval;

import dev.parley.application.port.Retrieval;
import dev.parley.application.port.RetrievalContract;
import dev.parley.application.testing.ReadingRoom;
import dev.parley.domain.Owner;
import dev.parley.domain.retrieval.VectorStore;

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
}
