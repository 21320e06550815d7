package dev.parley.rest.stores;

import dev.parley.domain.retrieval.FileBatch;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Files that were put into a vector store together. */
@WireRecord
@Schema(name = "VectorStoreFileBatch")
record FileBatchJson(
        String id,
        String object,
        long createdAt,
        String vectorStoreId,
        String status,
        VectorStoreJson.CountsJson fileCounts)
        implements WireBody {

    static FileBatchJson of(FileBatch batch) {
        return new FileBatchJson(
                batch.id().value(),
                "vector_store.files_batch",
                batch.createdAt().getEpochSecond(),
                batch.store().value(),
                batch.status().name().toLowerCase(Locale.ROOT),
                VectorStoreJson.CountsJson.of(batch.counts()));
    }
}
