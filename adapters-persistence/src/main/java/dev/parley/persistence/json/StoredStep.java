package dev.parley.persistence.json;

import dev.parley.domain.turn.Step;
import io.micronaut.serde.annotation.Serdeable;

/** A step as a query gathers it: its body beside the version that the body was written in. */
@Serdeable
record StoredStep(int version, Step step) {

    /** The same, when the step itself can't be read. */
    @Serdeable
    record Version(int version) {}
}
