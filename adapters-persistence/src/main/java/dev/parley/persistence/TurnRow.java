package dev.parley.persistence;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A turn as the queries read it.
 *
 * @param sessionId at most one of this, conversationId and previousId is there
 * @param spec absent where it is the same as that of the row before
 * @param steps its steps, gathered into one array by the query
 */
@MappedEntity("turn")
record TurnRow(
        @Id String id,
        String owner,
        @Nullable String sessionId,
        @Nullable String conversationId,
        @Nullable String previousId,
        long revision,
        Instant startedAt,
        @Nullable Instant restedAt,
        @Nullable String requestKey,
        @Nullable String requestFingerprint,
        int specVersion,
        @Nullable String spec,
        int schemaVersion,
        String body,
        int outcomeVersion,
        String outcome,
        String steps) {}
