package dev.parley.domain.violation;

import java.time.Instant;

final class DomainWithClock {
    Instant today() {
        return Instant.now();
    }
}
