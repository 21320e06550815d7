package dev.parley.application.retrieval;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Retrieval;
import dev.parley.application.retrieval.QueryDocuments.Found;
import dev.parley.application.retrieval.QueryDocuments.Question;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.domain.turn.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks up in vector stores what fits what the user said last. */
public final class StoreRetrieval implements Retrieval {

    private final Supplier<QueryDocuments> querying;

    /** @param querying asked for when something is first to be looked up: most turns look nothing up */
    public StoreRetrieval(Supplier<QueryDocuments> querying) {
        this.querying = querying;
    }

    @Override
    public Content retrieve(Owner owner, List<String> stores, List<Message> messages, Cancellation cancellation)
            throws BrokenOff {
        Optional<String> said = lastSaid(messages);
        if (said.isEmpty()) {
            return Content.EMPTY;
        }
        try {
            List<VectorStoreId> ids = stores.stream().map(VectorStoreId::new).toList();
            Found found = querying.get().query(owner, Question.of(said.get(), ids), cancellation);
            return found.hits().isEmpty() ? Content.EMPTY : found.content();
        } catch (Refusal refusal) {
            throw new BrokenOff(Failure.Code.RETRIEVAL_FAILED, refusal.explanation());
        }
    }

    private static Optional<String> lastSaid(List<Message> messages) {
        return messages.reversed().stream()
                .filter(Message.User.class::isInstance)
                .map(message -> ((Message.User) message).content().text())
                .filter(text -> !text.isBlank())
                .findFirst();
    }
}
