package dev.parley.application.testing;

import dev.parley.application.port.Retrieval;
import dev.parley.application.port.RetrievalContract;
import dev.parley.domain.Owner;

class ScriptedRetrievalTest extends RetrievalContract {

    @Override
    protected Retrieval retrieval() {
        return new ScriptedRetrieval().store("handbook", "pressure", "Normal is 120/80.");
    }

    @Override
    protected Owner owner() {
        return Owner.SOLE;
    }

    @Override
    protected String store() {
        return "handbook";
    }

    @Override
    protected String question() {
        return "What is a normal blood pressure?";
    }

    @Override
    protected String otherQuestion() {
        return "What time is it?";
    }
}
