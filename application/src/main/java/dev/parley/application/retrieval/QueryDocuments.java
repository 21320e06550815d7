package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Cancellation;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.message.Part;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.Hit;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.VectorStoreId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers from several vector stores what a model should know to answer a question (agents-api 9.2). */
public final class QueryDocuments {

    private static final int SHOWN_OF_AN_ID = 5;

    private final SearchStore search;

    public QueryDocuments(SearchStore search) {
        this.search = search;
    }

    /**
     * A question.
     *
     * @param maxChunks the most chunks that are told
     * @param maxTokens the most tokens that all of them have together
     */
    public record Question(String text, List<VectorStoreId> stores, int maxChunks, int maxTokens, Ranking.Mode mode) {

        public static final int MAX_CHUNKS = 5;
        public static final int MAX_TOKENS = 4096;

        public Question {
            requireNonNull(text, "text");
            stores = List.copyOf(stores);
            requireNonNull(mode, "mode");
            if (maxChunks < 1 || maxTokens < 1) {
                throw new IllegalArgumentException("no limits below 1: %d, %d".formatted(maxChunks, maxTokens));
            }
        }

        public static Question of(String text, List<VectorStoreId> stores) {
            return new Question(text, stores, MAX_CHUNKS, MAX_TOKENS, new Ranking.Mode.Meaning());
        }
    }

    /** What was found, the best first; empty when nothing was. */
    public record Found(String question, List<Hit> hits) {
        public Found {
            requireNonNull(question, "question");
            hits = List.copyOf(hits);
        }

        /** The documents of the hits, one for each hit. */
        public List<DocumentId> documents() {
            return hits.stream().map(Hit::document).toList();
        }

        /** The hits in the words of the contract; for a model, or for whoever gives them to one. */
        public Content content() {
            List<Part> parts = new ArrayList<>();
            parts.add(new Part.Text("knowledge_search tool found %d chunks:\nBEGIN of knowledge_search tool results.\n"
                    .formatted(hits.size())));
            for (int place = 0; place < hits.size(); place++) {
                Hit hit = hits.get(place);
                parts.add(new Part.Text("Result %d:\nDocument_id:%s\nContent: %s\n"
                        .formatted(place + 1, shown(hit.document()), hit.chunk().text())));
            }
            parts.add(new Part.Text("END of knowledge_search tool results.\n"));
            parts.add(new Part.Text(
                    "The above results were retrieved to help answer the user's query: \"%s\". Use them as supporting information only in answering this query.\n"
                            .formatted(question)));
            return new Content.Parts(parts);
        }

        /** {@code {"document_ids": […]}}. */
        public JsonValue.Members metadata() {
            return JsonValue.Members.NONE.with(
                    "document_ids",
                    JsonValue.Array.ofTexts(
                            documents().stream().map(DocumentId::value).toList()));
        }

        private static String shown(DocumentId id) {
            String value = id.value();
            int end = value.offsetByCodePoints(0, Math.min(SHOWN_OF_AN_ID, value.codePointCount(0, value.length())));
            return value.substring(0, end);
        }
    }

    /**
     * Blocks until all stores were searched. The chunks of all of them are in one order; those that come after the tokens are
     * spent are left out.
     *
     * @throws Refusal as {@link SearchStore#search}
     */
    public Found query(Owner owner, Question question, Cancellation cancellation) {
        SearchStore.Query wanted =
                SearchStore.Query.of(question.text(), question.maxChunks(), new Ranking(question.mode(), 0));
        List<Hit> all = new ArrayList<>();
        question.stores().stream()
                .distinct()
                .forEach(store -> all.addAll(search.search(owner, store, wanted, cancellation)));
        all.sort(Comparator.comparingDouble(Hit::score).reversed());
        List<Hit> told = new ArrayList<>();
        long tokens = 0;
        for (Hit hit : all.subList(0, Math.min(all.size(), question.maxChunks()))) {
            tokens += hit.chunk().tokens();
            if (tokens > question.maxTokens()) {
                break;
            }
            told.add(hit);
        }
        return new Found(question.text(), told);
    }
}
