package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Ids;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileCounts;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.VectorStore;
import dev.parley.domain.retrieval.VectorStoreId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Puts uploaded files into vector stores, and takes documents out. A file that was put in is in progress until it has been read
 * in the background, by this process or another; whoever wants to know asks for it again. Every method blocks on the store.
 */
public final class AttachFiles {

    /** The most files that are put into a store together. */
    public static final int MOST_IN_A_BATCH = 2_000;

    private final VectorStores stores;
    private final ReadFiles uploaded;
    private final StoreFiles files;
    private final IngestFiles ingestion;
    private final Naming naming;

    /** Where new ids and times come from. */
    public record Naming(Ids ids, InstantSource clock) {
        public Naming {
            requireNonNull(ids, "ids");
            requireNonNull(clock, "clock");
        }
    }

    public AttachFiles(
            VectorStores stores, ReadFiles uploaded, StoreFiles files, IngestFiles ingestion, Naming naming) {
        this.stores = stores;
        this.uploaded = uploaded;
        this.files = files;
        this.ingestion = ingestion;
        this.naming = naming;
    }

    /**
     * A file that is to be put into a store.
     *
     * @param chunking empty for the store's own
     */
    public record Attachment(FileId file, Attributes attributes, Optional<Chunking> chunking) {
        public Attachment {
            requireNonNull(file, "file");
            requireNonNull(attributes, "attributes");
            requireNonNull(chunking, "chunking");
        }
    }

    /**
     * Has a file read into a store. One that is in it already is read again.
     *
     * @throws Refusal when there is no such store or file, or the attributes are too many or too long
     */
    public StoreFile attach(Owner owner, VectorStoreId id, Attachment attachment) {
        VectorStore store = usable(owner, id);
        StoreFile file = toRead(owner, store, attachment, Optional.empty());
        begun(files.begin(owner, id, List.of(file)), id);
        return file;
    }

    /**
     * Has files read into a store together.
     *
     * @throws Refusal as {@link #attach}, for any of them; then none is read
     */
    public FileBatch attachBatch(Owner owner, VectorStoreId id, List<Attachment> attachments) {
        if (attachments.isEmpty() || attachments.size() > MOST_IN_A_BATCH) {
            throw Refusal.invalid("file_ids", "A batch has 1 to %d files".formatted(MOST_IN_A_BATCH));
        }
        VectorStore store = usable(owner, id);
        FileBatchId batchId = new FileBatchId(NewId.of("vsfb_", naming.ids()));
        List<StoreFile> toRead = attachments.stream()
                .map(attachment -> toRead(owner, store, attachment, Optional.of(batchId)))
                .toList();
        long different = toRead.stream().map(StoreFile::id).distinct().count();
        if (different < toRead.size()) {
            throw Refusal.invalid("file_ids", "The same file is named twice; name each once");
        }
        FileBatch batch = new FileBatch(batchId, id, now(), false, new FileCounts(different, 0, 0, 0));
        begun(files.begin(owner, batch, toRead), id);
        return batch;
    }

    /** @throws Refusal when there is no such batch in that store */
    public FileBatch cancelBatch(Owner owner, VectorStoreId store, FileBatchId batch) {
        return files.cancelBatch(owner, store, batch).orElseThrow(() -> ReadStoreFiles.notFound(batch));
    }

    /** @throws Refusal when there is no such document in that store, or the attributes are too many or too long */
    public StoreFile describe(Owner owner, VectorStoreId store, DocumentId id, Attributes attributes) {
        attributes.requireAllowed("attributes");
        return files.describe(owner, store, id, attributes).orElseThrow(() -> ReadStoreFiles.notFound(id));
    }

    /**
     * Takes a document out of a store with its chunks; an uploaded file stays.
     *
     * @throws Refusal when there is no such document in that store
     */
    public void detach(Owner owner, VectorStoreId store, DocumentId id) {
        if (!files.remove(owner, store, id)) {
            throw ReadStoreFiles.notFound(id);
        }
    }

    /** @throws Refusal when one of the files is not there */
    void requireFiles(Owner owner, List<FileId> wanted) {
        wanted.forEach(file -> uploaded.get(owner, file));
    }

    /** Has files read into a store that was just made. */
    void attachAll(Owner owner, VectorStoreId id, List<FileId> wanted) {
        VectorStore store = usable(owner, id);
        List<StoreFile> toRead = wanted.stream()
                .distinct()
                .map(file -> new Attachment(file, Attributes.NONE, Optional.empty()))
                .map(attachment -> toRead(owner, store, attachment, Optional.empty()))
                .toList();
        begun(files.begin(owner, id, toRead), id);
    }

    private VectorStore usable(Owner owner, VectorStoreId id) {
        return SearchStore.requireUsable(
                stores.find(owner, id), id, naming.clock().instant());
    }

    private StoreFile toRead(Owner owner, VectorStore store, Attachment attachment, Optional<FileBatchId> batch) {
        return StoreFile.toRead(
                store.id(),
                uploaded.get(owner, attachment.file()),
                attachment.attributes().requireAllowed("attributes"),
                attachment.chunking().orElse(store.chunking()),
                now(),
                batch);
    }

    private void begun(boolean kept, VectorStoreId id) {
        if (!kept) {
            throw ReadVectorStores.notFound(id);
        }
        ingestion.wake();
    }

    private Instant now() {
        return naming.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
