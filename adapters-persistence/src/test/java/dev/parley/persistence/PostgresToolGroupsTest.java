package dev.parley.persistence;

import dev.parley.application.port.ToolGroups;
import dev.parley.application.port.ToolGroupsContract;

final class PostgresToolGroupsTest extends ToolGroupsContract {

    @Override
    protected ToolGroups groups() {
        return PersistenceProcess.shared().bean(ToolGroups.class);
    }
}
