package dev.parley.application.retrieval;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.ChunkIndex.Embedded;
import dev.parley.application.port.ChunkIndex.Indexing;
import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.DocumentParser.UnreadableDocument;
import dev.parley.application.port.Files;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.StoreFiles.Claim;
import dev.parley.application.port.VectorStores;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.domain.retrieval.StoreFile.LastError;
import dev.parley.domain.retrieval.StoredFile;
import dev.parley.domain.retrieval.VectorStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one uploaded file into a vector store: its text, its chunks, their vectors. */
public final class ReadFileIntoStore {

    private static final Logger LOG = LoggerFactory.getLogger(ReadFileIntoStore.class);

    private final Keeping keeping;
    private final DocumentParser parser;
    private final DocumentChunks chunks;

    /** Where files, stores and chunks are kept. */
    public record Keeping(Files uploaded, VectorStores stores, StoreFiles files, ChunkIndex index) {}

    public ReadFileIntoStore(Keeping keeping, DocumentParser parser, DocumentChunks chunks) {
        this.keeping = keeping;
        this.parser = parser;
        this.chunks = chunks;
    }

    /**
     * Blocks until the file is completed or failed, or is found to be of no interest any more.
     *
     * @param alive run now and then, to say that the file is still being read; throws when that is of no use
     * @throws Refusal when its vectors can't be had, or the store takes none
     */
    void read(Claim claim, Runnable alive, Cancellation cancellation) {
        StoreFile file = claim.file();
        Optional<VectorStore> store = keeping.stores().find(claim.owner(), file.store());
        if (store.isEmpty()) {
            return;
        }
        Optional<DocumentParser.Raw> raw = raw(claim);
        if (raw.isEmpty()) {
            fail(claim, "The file was deleted, or has expired, before it was read");
            return;
        }
        String text;
        try {
            text = parser.text(raw.get());
        } catch (UnreadableDocument unreadable) {
            fail(
                    claim,
                    unreadable.isUnsupported() ? LastError.Code.UNSUPPORTED_FILE : LastError.Code.INVALID_FILE,
                    unreadable.explanation());
            return;
        }
        alive.run();
        List<Embedded> cut = chunks.cut(
                store.get(),
                file.id(),
                text,
                file.chunking(),
                JsonValue.Members.NONE,
                new DocumentChunks.Watch(alive, cancellation));
        if (cut.isEmpty()) {
            fail(claim, "No text was found in the file; pages that are images have none");
            return;
        }
        switch (keeping.index().complete(claim, DocumentChunks.bytes(cut), cut)) {
            case Indexing.Done _ -> LOG.info("file {}: {} chunks in {}", file.id(), cut.size(), file.store());
            case Indexing.Gone _ -> LOG.info("file {}: was taken out of {} meanwhile", file.id(), file.store());
            case Indexing.Full full -> throw refused(full);
        }
    }

    private Optional<DocumentParser.Raw> raw(Claim claim) {
        FileId id = claim.file().file().orElseThrow();
        Optional<StoredFile> uploaded = keeping.uploaded().find(claim.owner(), id);
        return uploaded.flatMap(file -> keeping.uploaded()
                .content(claim.owner(), id)
                .map(content -> new DocumentParser.Raw(content, file.mediaType(), Optional.of(file.filename()))));
    }

    /** What a store that takes no more has to say. */
    static Refusal refused(Indexing.Full full) {
        return Refusal.of(
                Refusal.Code.UNSUPPORTED,
                "The vector store would have more than %d chunks, which is the most that this server searches: %s"
                        .formatted(full.limit(), full.remedy()));
    }

    private void fail(Claim claim, String why) {
        fail(claim, LastError.Code.INVALID_FILE, why);
    }

    private void fail(Claim claim, LastError.Code code, String why) {
        boolean _ = keeping.files().fail(claim, new LastError(code, why));
    }
}
