package dev.parley.application.testing;

import dev.parley.application.port.ToolGroups;
import dev.parley.application.port.ToolGroupsContract;

class InMemoryToolGroupsTest extends ToolGroupsContract {

    @Override
    protected ToolGroups groups() {
        return new InMemoryToolGroups();
    }
}
