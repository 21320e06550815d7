package dev.parley.application.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.port.StoreFiles.Claim;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.AttributeFilter;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An owner whom nobody else in the library has, and what he puts into it. */
public final class LibraryScene {

    public static final int DIMENSION = 64;
    public static final Instant LONG_AGO = StoreScene.LONG_AGO;

    private final Library library;
    private final Owner owner;
    private int hour;

    private LibraryScene(Library library, Owner owner) {
        this.library = library;
        this.owner = owner;
    }

    public static LibraryScene in(Library library) {
        return new LibraryScene(library, StoreScene.someOwner());
    }

    public Owner owner() {
        return owner;
    }

    /** A store that is kept, younger by an hour than the one before. */
    public VectorStore store() {
        return kept(aStore(LONG_AGO.plus(Duration.ofHours(hour++))));
    }

    public VectorStore kept(VectorStore store) {
        assertThat(library.stores().add(owner, store)).isTrue();
        return store;
    }

    public static VectorStore aStore(Instant createdAt) {
        return new VectorStore(
                new VectorStoreId("vs_" + UUID.randomUUID()),
                "a store",
                new VectorStore.Embedding("words", DIMENSION),
                Chunking.AUTO,
                Map.of("topic", "fruit"),
                createdAt,
                createdAt,
                Optional.empty(),
                VectorStore.Holdings.NONE);
    }

    /** A file that is kept, younger by an hour than the one before. */
    public StoredFile upload(String filename, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        StoredFile file = aFile(filename, bytes.length, LONG_AGO.plus(Duration.ofHours(hour++)));
        library.files().add(owner, file, bytes);
        return file;
    }

    public static StoredFile aFile(String filename, long bytes, Instant createdAt) {
        return new StoredFile(
                new FileId("file-" + UUID.randomUUID()),
                filename,
                "assistants",
                bytes,
                Optional.of("text/plain"),
                createdAt,
                Optional.empty());
    }

    /** A file in the store that is in progress, and that nobody has claimed; younger by an hour than the one before. */
    public StoreFile begun(VectorStore store, String filename) {
        StoreFile file = toRead(store, upload(filename, "what " + filename + " says"));
        assertThat(library.storeFiles().begin(owner, store.id(), List.of(file))).isTrue();
        return file;
    }

    public StoreFile toRead(VectorStore store, StoredFile upload) {
        return StoreFile.toRead(
                store.id(), upload, Attributes.NONE, Chunking.AUTO, upload.createdAt(), Optional.empty());
    }

    /** The claim of a file of this owner; what others have left in progress is passed over. */
    public Optional<Claim> claim(Duration lease) {
        while (true) {
            Optional<Claim> claim = library.storeFiles().claim(lease);
            if (claim.isEmpty() || claim.get().owner().equals(owner)) {
                return claim;
            }
            assertThat(library.storeFiles().renew(claim.get(), Duration.ofHours(1)))
                    .isTrue();
        }
    }

    /** A document with a chunk for each of the texts, kept. */
    public StoreFile document(VectorStore store, String id, Attributes attributes, String... texts) {
        StoreFile document = inserted(store, id, attributes);
        assertThat(library.index().put(owner, document, chunks(texts))).isEqualTo(new Indexing.Done());
        return document;
    }

    public static StoreFile inserted(VectorStore store, String id, Attributes attributes) {
        return StoreFile.inserted(store.id(), new DocumentId(id), attributes, Chunking.ofDocuments(512), 100, LONG_AGO);
    }

    public static Attributes attributes(String json) {
        return Attributes.among(JsonValue.members(json).orElseThrow());
    }

    public static List<Embedded> chunks(String... texts) {
        List<Embedded> chunks = new ArrayList<>();
        for (String text : texts) {
            chunks.add(new Embedded(
                    new Chunk(chunks.size(), text, text.length() / 4, new JsonText("{\"document_id\":\"d\"}")),
                    BagOfWords.vector(text, DIMENSION)));
        }
        return chunks;
    }

    /** The texts that are found by their vectors. */
    public List<String> near(VectorStore store, String query) {
        return library.index().byVector(owner, store.id(), BagOfWords.vector(query, DIMENSION), all(10)).stream()
                .map(hit -> hit.chunk().text())
                .toList();
    }

    /** The texts that are found by their words. */
    public List<String> with(VectorStore store, String query) {
        return library.index().byWords(owner, store.id(), query, all(10)).stream()
                .map(hit -> hit.chunk().text())
                .toList();
    }

    public static ChunkIndex.Choice all(int limit) {
        return new ChunkIndex.Choice(AttributeFilter.All.NONE, limit);
    }
}
