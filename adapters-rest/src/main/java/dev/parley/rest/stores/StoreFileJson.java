package dev.parley.rest.stores;

import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A file in a vector store. */
@WireRecord
@Schema(name = "VectorStoreFile")
record StoreFileJson(
        String id,
        String object,
        long createdAt,
        String vectorStoreId,
        long usageBytes,
        String status,
        @Nullable ErrorJson lastError,
        RawJson attributes,
        RawJson chunkingStrategy)
        implements WireBody {

    static StoreFileJson of(StoreFile file) {
        return new StoreFileJson(
                file.id().value(),
                "vector_store.file",
                file.createdAt().getEpochSecond(),
                file.store().value(),
                file.usageBytes(),
                file.status().name().toLowerCase(Locale.ROOT),
                file.lastError().map(ErrorJson::of).orElse(null),
                new RawJson(file.attributes().json().toString()),
                strategy(file.chunking()));
    }

    private static RawJson strategy(Chunking chunking) {
        return new RawJson("{\"type\":\"static\",\"static\":{\"max_chunk_size_tokens\":%d,\"chunk_overlap_tokens\":%d}}"
                .formatted(chunking.maxTokens(), chunking.overlapTokens()));
    }

    /** Why it could not be read. */
    @WireRecord
    @Schema(name = "VectorStoreFileError")
    record ErrorJson(String code, String message) {

        static ErrorJson of(StoreFile.LastError error) {
            return new ErrorJson(error.code().name().toLowerCase(Locale.ROOT), error.message());
        }
    }
}
