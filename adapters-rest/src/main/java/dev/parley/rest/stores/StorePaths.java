package dev.parley.rest.stores;

import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.FileId;
import dev.parley.domain.retrieval.VectorStoreId;

/** Paths and the ids in them. Any text may be an id; only NUL is kept from the store, which has no place for it. */
final class StorePaths {

    /** Where clients of Llama Stack look for the same. */
    static final String OPENAI = "/v1/openai";

    static final String FILES = "/v1/files";
    static final String STORES = "/v1/vector_stores";
    static final String STORE = STORES + "/{storeId}";

    private StorePaths() {}

    static FileId file(String id) {
        return new FileId(storable(id));
    }

    static VectorStoreId store(String id) {
        return new VectorStoreId(storable(id));
    }

    static DocumentId document(String id) {
        return new DocumentId(storable(id));
    }

    static FileBatchId batch(String id) {
        return new FileBatchId(storable(id));
    }

    private static String storable(String id) {
        return id.replace('\0', '\uFFFD');
    }
}
