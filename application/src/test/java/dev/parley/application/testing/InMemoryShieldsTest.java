package dev.parley.application.testing;

import dev.parley.application.port.RegisteredShields;
import dev.parley.application.port.RegisteredShieldsContract;

final class InMemoryShieldsTest extends RegisteredShieldsContract {
    private final RegisteredShields shields = new InMemoryShields();

    @Override
    protected RegisteredShields shields() {
        return shields;
    }
}
