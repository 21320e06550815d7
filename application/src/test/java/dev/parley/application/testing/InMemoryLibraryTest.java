package dev.parley.application.testing;

import dev.parley.application.port.ChunkIndexContract;
import dev.parley.application.port.FilesContract;
import dev.parley.application.port.StoreFilesContract;
import dev.parley.application.port.VectorStoresContract;
import org.junit.jupiter.api.Nested;

final class InMemoryLibraryTest {

    @Nested
    final class AsVectorStores extends VectorStoresContract {
        @Override
        protected Library library() {
            return new InMemoryLibrary().library();
        }
    }

    @Nested
    final class AsStoreFiles extends StoreFilesContract {
        @Override
        protected Library library() {
            return new InMemoryLibrary().library();
        }
    }

    @Nested
    final class AsFiles extends FilesContract {
        @Override
        protected Library library() {
            return new InMemoryLibrary().library();
        }
    }

    @Nested
    final class AsChunkIndex extends ChunkIndexContract {
        @Override
        protected Library library() {
            return new InMemoryLibrary().library();
        }

        @Override
        protected Library smallLibrary() {
            return new InMemoryLibrary(10).library();
        }
    }
}
