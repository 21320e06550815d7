package dev.parley.persistence;

import dev.parley.application.port.FilesContract;
import dev.parley.application.testing.Library;

final class PostgresFilesTest extends FilesContract {
    @Override
    protected Library library() {
        return PersistenceProcess.shared().library();
    }
}
