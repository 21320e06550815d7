package dev.parley.persistence;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** What recovery needs to know of a turn: nothing that would have to be decoded. */
@Introspected
record AbandonedRow(String id, String owner, long revision, Instant startedAt) {}
