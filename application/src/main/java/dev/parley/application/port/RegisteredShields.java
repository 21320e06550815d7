package dev.parley.application.port;

import dev.parley.domain.Owner;
import dev.parley.domain.safety.RegisteredShield;
import java.util.List;
import java.util.Optional;

/** The shields that were registered while the server ran. Each operation blocks until the store has answered. */
public interface RegisteredShields {

    /** Keeps a shield; one of the same id is replaced. */
    void put(Owner owner, RegisteredShield shield);

    /** The one of that id; empty when there is none. */
    Optional<RegisteredShield> find(Owner owner, String id);

    /** All of them, by their ids. */
    List<RegisteredShield> all(Owner owner);

    /**
     * Forgets a shield.
     *
     * @return whether there was one
     */
    boolean remove(Owner owner, String id);
}
