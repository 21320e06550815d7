package dev.parley.application.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Embedder;
import dev.parley.application.port.Ids;
import dev.parley.application.retrieval.AttachFiles;
import dev.parley.application.retrieval.CreateVectorStore;
import dev.parley.application.retrieval.DocumentChunks;
import dev.parley.application.retrieval.EditVectorStore;
import dev.parley.application.retrieval.EmbeddingModels;
import dev.parley.application.retrieval.FileSearch;
import dev.parley.application.retrieval.IngestFiles;
import dev.parley.application.retrieval.InsertChunks;
import dev.parley.application.retrieval.InsertDocuments;
import dev.parley.application.retrieval.KnowledgeTools;
import dev.parley.application.retrieval.QueryDocuments;
import dev.parley.application.retrieval.ReadFileIntoStore;
import dev.parley.application.retrieval.ReadFiles;
import dev.parley.application.retrieval.ReadStoreFiles;
import dev.parley.application.retrieval.ReadVectorStores;
import dev.parley.application.retrieval.RetrievalSettings;
import dev.parley.application.retrieval.SearchStore;
import dev.parley.application.retrieval.StoreRetrieval;
import dev.parley.application.retrieval.SweepExpired;
import dev.parley.application.retrieval.UploadFile;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Every use-case of retrieval, over a library and stand-ins for what reads and understands documents. */
public final class ReadingRoom {

    public static final String MODEL = "words";
    public static final long LARGEST_FILE = 1_000;

    private final Library library;
    private final BagOfWords embedder = new BagOfWords(MODEL, LibraryScene.DIMENSION);
    private final ScriptedDocuments documents = new ScriptedDocuments();
    private final AtomicReference<Instant> now = new AtomicReference<>(LibraryScene.LONG_AGO);
    private final InstantSource clock = now::get;
    private final Ids ids = new CountingIds();
    private final RetrievalSettings settings = settings(2, Duration.ofMillis(20));
    private final EmbeddingModels models;
    private final DocumentChunks chunks;
    private final IngestFiles ingestion;
    private final Owner owner = StoreScene.someOwner();

    private ReadingRoom(Library library, boolean withModel) {
        this.library = library;
        this.models = new EmbeddingModels(withModel ? List.<Embedder>of(embedder) : List.of());
        this.chunks = new DocumentChunks(new WordTokens(), models);
        this.ingestion = ingestion(settings);
    }

    private IngestFiles ingestion(RetrievalSettings with) {
        return new IngestFiles(
                library.storeFiles(),
                new ReadFileIntoStore(
                        new ReadFileIntoStore.Keeping(
                                library.files(), library.stores(), library.storeFiles(), library.index()),
                        documents,
                        chunks),
                with,
                clock);
    }

    private static RetrievalSettings settings(int readers, Duration patience) {
        return new RetrievalSettings(LARGEST_FILE, readers, patience, Duration.ofMinutes(2));
    }

    /** Another process that reads files of the same library. */
    public IngestFiles ingestion(int readers, Duration patience) {
        return ingestion(settings(readers, patience));
    }

    public static ReadingRoom in(Library library) {
        return new ReadingRoom(library, true);
    }

    public static ReadingRoom inMemory() {
        return in(new InMemoryLibrary().library());
    }

    /** One whose server has no embedding model. */
    public static ReadingRoom withoutModel() {
        return new ReadingRoom(new InMemoryLibrary().library(), false);
    }

    public Owner owner() {
        return owner;
    }

    public Library library() {
        return library;
    }

    public BagOfWords embedder() {
        return embedder;
    }

    public ScriptedDocuments documents() {
        return documents;
    }

    /** What time it is here. */
    public InstantSource clock() {
        return clock;
    }

    /** Lets time pass. */
    public void wait(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    // ---- the use-cases

    public SweepExpired sweeping() {
        return new SweepExpired(library.files(), library.stores(), clock);
    }

    public UploadFile upload() {
        return new UploadFile(library.files(), settings, ids, clock);
    }

    public ReadFiles files() {
        return new ReadFiles(library.files(), clock);
    }

    public AttachFiles attach() {
        return new AttachFiles(
                library.stores(), files(), library.storeFiles(), ingestion, new AttachFiles.Naming(ids, clock));
    }

    public CreateVectorStore create() {
        return new CreateVectorStore(library.stores(), models, attach(), ids, clock);
    }

    public ReadVectorStores stores() {
        return new ReadVectorStores(library.stores());
    }

    public EditVectorStore edit() {
        return new EditVectorStore(library.stores());
    }

    public ReadStoreFiles storeFiles() {
        return new ReadStoreFiles(stores(), library.storeFiles(), library.index());
    }

    public IngestFiles ingestion() {
        return ingestion;
    }

    public InsertDocuments insert() {
        return new InsertDocuments(
                library.stores(), library.index(), new InsertDocuments.Sources(documents, documents), chunks, clock);
    }

    public InsertChunks insertChunks() {
        return new InsertChunks(library.stores(), library.index(), chunks, clock);
    }

    public SearchStore search() {
        return new SearchStore(library.stores(), library.index(), models, clock);
    }

    public QueryDocuments query() {
        return new QueryDocuments(search());
    }

    public KnowledgeTools knowledge() {
        return new KnowledgeTools(insert(), query());
    }

    public FileSearch fileSearch() {
        return new FileSearch(search(), stores(), models);
    }

    public StoreRetrieval retrieval() {
        return new StoreRetrieval(this::query);
    }

    // ---- what most tests begin with

    /** A vector database of the Agents API. */
    public VectorStore database(String id) {
        return create().create(owner, CreateVectorStore.Wanted.database(new VectorStoreId(id), MODEL));
    }

    /** A vector store of the Responses API. */
    public VectorStore store(String name) {
        return create().create(
                        owner,
                        new CreateVectorStore.Wanted(
                                Optional.empty(),
                                name,
                                Optional.empty(),
                                Chunking.AUTO,
                                Map.of(),
                                Optional.empty(),
                                List.of()));
    }

    public StoredFile uploaded(String name, String text) {
        return upload().upload(
                        owner,
                        new UploadFile.Upload(
                                name, "assistants", Optional.of("text/plain"), text.getBytes(UTF_8), Optional.empty()));
    }

    public void inserted(VectorStore store, String id, String text) {
        insert().insert(owner, store.id(), List.of(document(id, text)), 512, new Cancellation());
    }

    public static InsertDocuments.Document document(String id, String text) {
        return new InsertDocuments.Document(
                new DocumentId(id),
                text,
                InsertDocuments.Given.TEXT_OR_ADDRESS,
                Optional.empty(),
                JsonValue.Members.NONE);
    }
}
