package dev.parley.application.retrieval;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Retrieval;
import dev.parley.application.retrieval.QueryDocuments.Found;
import dev.parley.application.retrieval.QueryDocuments.Question;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.domain.turn.Failure;
import java.util.List;
import java.util.function.Supplier;

/** Looks up in vector stores what fits what the user said last. */
public final class StoreRetrieval implements Retrieval {

    /** In characters. */
    private static final int LONGEST_QUESTION = 2_000;

    private final Supplier<QueryDocuments> querying;

    /** @param querying asked for when something is first to be looked up: most turns look nothing up */
    public StoreRetrieval(Supplier<QueryDocuments> querying) {
        this.querying = querying;
    }

    @Override
    public Content retrieve(Owner owner, List<String> stores, String question, Cancellation cancellation)
            throws BrokenOff {
        if (question.isBlank()) {
            return Content.EMPTY;
        }
        try {
            List<VectorStoreId> ids = stores.stream().map(VectorStoreId::new).toList();
            Found found = querying.get().query(owner, Question.of(begin(question), ids), cancellation);
            return found.hits().isEmpty() ? Content.EMPTY : found.content();
        } catch (Refusal refusal) {
            throw new BrokenOff(Failure.Code.RETRIEVAL_FAILED, refusal.explanation());
        }
    }

    /** What is asked stands at the beginning, and models of embeddings read no more. */
    private static String begin(String question) {
        return question.codePointCount(0, question.length()) <= LONGEST_QUESTION
                ? question
                : question.substring(0, question.offsetByCodePoints(0, LONGEST_QUESTION));
    }
}
