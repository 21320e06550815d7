package dev.parley.application.port;

import java.util.UUID;

/** Where new ids come from. */
@FunctionalInterface
public interface Ids {

    /** A new id, version 4, that was never given out before; does not block. */
    UUID next();
}
