package dev.parley.application.retrieval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import dev.parley.application.port.Downloads;
import dev.parley.application.port.Downloads.DownloadFailed;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts documents into a vector store under ids of their sender's own (agents-api 9.2). */
public final class InsertDocuments {

    private static final List<String> ADDRESSES = List.of("http://", "https://", "data:", "file:");
    private static final String PLAIN = "text/plain";

    private static final int MOST_CHUNKS = 10_000;

    /** In characters. */
    private static final int MOST_METADATA = 16_384;

    private final VectorStores stores;
    private final ChunkIndex index;
    private final Sources sources;
    private final DocumentChunks chunks;
    private final InstantSource clock;

    /** Where the texts of documents come from. */
    public record Sources(Downloads downloads, DocumentParser parser) {
        public Sources {
            requireNonNull(downloads, "downloads");
            requireNonNull(parser, "parser");
        }
    }

    public InsertDocuments(
            VectorStores stores, ChunkIndex index, Sources sources, DocumentChunks chunks, InstantSource clock) {
        this.stores = stores;
        this.index = index;
        this.sources = sources;
        this.chunks = chunks;
        this.clock = clock;
    }

    /** What a document's content is. */
    public enum Given {
        /** An address, which is fetched. */
        ADDRESS,
        /** A text, or an address where it is nothing but one. */
        TEXT_OR_ADDRESS,
        /** A text, whatever it looks like. */
        TEXT
    }

    /**
     * A document.
     *
     * @param mimeType what its sender calls its kind
     * @param metadata an object that its chunks have, too; searches can choose by those of its members that are plain values
     */
    public record Document(
            DocumentId id, String content, Given given, Optional<String> mimeType, JsonValue.Members metadata) {
        public Document {
            requireNonNull(id, "id");
            requireNonNull(content, "content");
            requireNonNull(given, "given");
            requireNonNull(mimeType, "mimeType");
            requireNonNull(metadata, "metadata");
        }

        /** A text of which nothing more is known. */
        static Document text(DocumentId id, String content) {
            return new Document(id, content, Given.TEXT, Optional.empty(), JsonValue.Members.NONE);
        }

        private boolean isFetched() {
            return switch (given) {
                case ADDRESS -> true;
                case TEXT_OR_ADDRESS -> isAddress(content);
                case TEXT -> false;
            };
        }
    }

    /**
     * Blocks until all of the documents can be found. One that is there under the same id is replaced, at once.
     *
     * @param chunkTokens how long the chunks are to be
     * @throws Refusal when there is no such store, a document can't be fetched or read, or its vectors can't be had: then none of
     *     them was inserted; or when the store is full, which those before are in
     */
    public void insert(
            Owner owner, VectorStoreId id, List<Document> documents, int chunkTokens, Cancellation cancellation) {
        if (chunkTokens < 1) {
            throw Refusal.invalid("chunk_size_in_tokens", "chunk_size_in_tokens must be at least 1");
        }
        VectorStore store = SearchStore.requireUsable(stores.find(owner, id), id, clock.instant());
        Chunking chunking = Chunking.ofDocuments(chunkTokens);
        List<List<Chunk>> cut = new ArrayList<>();
        int all = 0;
        for (int place = 0; place < documents.size(); place++) {
            Document document = documents.get(place);
            requireShortMetadata(document, place);
            String text = text(document, "documents[%d].content".formatted(place), cancellation);
            cut.add(chunks.chunks(store, document.id(), text, chunking, document.metadata()));
            all += cut.getLast().size();
            requireFew(all, place);
        }
        // all of them before the first is put: what has no vectors leaves nothing behind
        List<List<Embedded>> embedded = cut.stream()
                .map(chunk -> chunks.embed(store, chunk, DocumentChunks.Watch.of(cancellation)))
                .toList();
        for (int place = 0; place < documents.size(); place++) {
            put(owner, id, documents.get(place), chunking, embedded.get(place));
        }
        stores.touch(owner, id, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Each chunk has it. */
    private static void requireShortMetadata(Document document, int place) {
        int length = document.metadata().json().text().length();
        if (length > MOST_METADATA) {
            throw Refusal.invalid(
                    "documents[%d].metadata".formatted(place),
                    "documents[%d].metadata has %d characters as JSON; the most is %d"
                            .formatted(place, length, MOST_METADATA));
        }
    }

    /** Their vectors are made while the caller waits. */
    private static void requireFew(int chunks, int place) {
        if (chunks > MOST_CHUNKS) {
            throw Refusal.invalid(
                    "documents[%d].content".formatted(place),
                    "The documents have more than %d chunks; insert fewer at a time, or with a larger chunk_size_in_tokens, or attach them as files"
                            .formatted(MOST_CHUNKS));
        }
    }

    private void put(Owner owner, VectorStoreId id, Document document, Chunking chunking, List<Embedded> cut) {
        StoreFile kept = StoreFile.inserted(
                id,
                document.id(),
                Attributes.among(document.metadata()),
                chunking,
                DocumentChunks.bytes(cut),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        switch (index.put(owner, kept, cut)) {
            case Indexing.Done _ -> {
                // that is all
            }
            case Indexing.Gone _ -> throw ReadVectorStores.notFound(id);
            case Indexing.Full full -> throw ReadFileIntoStore.refused(full);
        }
    }

    private String text(Document document, String field, Cancellation cancellation) {
        try {
            if (document.isFetched()) {
                Downloads.Download fetched =
                        sources.downloads().fetch(document.content().strip(), cancellation);
                return sources.parser()
                        .text(new DocumentParser.Raw(
                                fetched.content(),
                                document.mimeType().map(fetched::mediaTypeAs).or(fetched::mediaType),
                                fetched.name()));
            }
            if (document.mimeType().filter(type -> !type.startsWith(PLAIN)).isEmpty()) {
                return document.content();
            }
            return sources.parser()
                    .text(new DocumentParser.Raw(
                            document.content().getBytes(UTF_8), document.mimeType(), Optional.empty()));
        } catch (DownloadFailed failed) {
            throw Refusal.invalid(field, "The document can't be fetched: " + failed.explanation());
        } catch (UnreadableDocument unreadable) {
            throw Refusal.invalid(field, "The document can't be read: " + unreadable.explanation());
        }
    }

    /** Whether a text is an address and not itself the document: then it is one line, and nothing else. */
    private static boolean isAddress(String content) {
        String text = content.strip();
        String begin = text.substring(0, Math.min(text.length(), 8)).toLowerCase(Locale.ROOT);
        return ADDRESSES.stream().anyMatch(begin::startsWith) && text.chars().noneMatch(Character::isWhitespace);
    }
}
