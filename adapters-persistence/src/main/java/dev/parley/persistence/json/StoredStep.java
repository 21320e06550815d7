package dev.parley.persistence.json;

import dev.parley.domain.turn.Step;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;

/** A step as a query gathers it: its body beside the version that the body was written in. */
@Serdeable
record StoredStep(int version, Step step) {

    /** The same, before anything is known of the step. */
    @Serdeable
    record Tree(int version, JsonNode step) {}
}
