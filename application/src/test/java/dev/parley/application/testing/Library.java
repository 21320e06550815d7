package dev.parley.application.testing;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.Files;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.VectorStores;

/** The ports of retrieval that one store stands behind. */
public record Library(VectorStores stores, StoreFiles storeFiles, Files files, ChunkIndex index) {

    public Library {
        requireNonNull(stores, "stores");
        requireNonNull(storeFiles, "storeFiles");
        requireNonNull(files, "files");
        requireNonNull(index, "index");
    }
}
