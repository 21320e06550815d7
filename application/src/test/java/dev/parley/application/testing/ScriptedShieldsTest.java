package dev.parley.application.testing;

import dev.parley.application.port.Shields;
import dev.parley.application.port.ShieldsContract;
import dev.parley.domain.turn.Violation;

class ScriptedShieldsTest extends ShieldsContract {

    @Override
    protected Shields shields() {
        return new ScriptedShields()
                .objectsTo(strict(), harmful(), Violation.Level.ERROR)
                .objectsTo(alsoStrict(), harmful(), Violation.Level.ERROR)
                .objectsTo(lenient(), harmful(), Violation.Level.WARN)
                .fails(broken());
    }

    @Override
    protected String strict() {
        return "strict";
    }

    @Override
    protected String alsoStrict() {
        return "also strict";
    }

    @Override
    protected String lenient() {
        return "lenient";
    }

    @Override
    protected String broken() {
        return "broken";
    }

    @Override
    protected String harmful() {
        return "harm";
    }

    @Override
    protected String harmless() {
        return "a kind word";
    }
}
