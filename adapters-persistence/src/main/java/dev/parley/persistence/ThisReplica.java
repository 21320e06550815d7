package dev.parley.persistence;

import jakarta.inject.Singleton;
import java.util.UUID;

/** The name under which this process holds the turns that it runs; a new one each time it starts. */
@Singleton
final class ThisReplica {

    private final String id = UUID.randomUUID().toString();

    String id() {
        return id;
    }
}
