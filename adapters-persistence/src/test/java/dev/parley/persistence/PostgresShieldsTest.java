package dev.parley.persistence;

import dev.parley.application.port.RegisteredShields;
import dev.parley.application.port.RegisteredShieldsContract;

final class PostgresShieldsTest extends RegisteredShieldsContract {
    @Override
    protected RegisteredShields shields() {
        return PersistenceProcess.shared().bean(RegisteredShields.class);
    }
}
