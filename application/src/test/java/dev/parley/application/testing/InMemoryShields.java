package dev.parley.application.testing;

import dev.parley.application.port.RegisteredShields;
import dev.parley.domain.Owner;
import dev.parley.domain.safety.RegisteredShield;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Registered shields, as long as the process lives. */
public final class InMemoryShields implements RegisteredShields {

    private final ConcurrentMap<Owner, Map<String, RegisteredShield>> shields = new ConcurrentHashMap<>();

    @Override
    public void put(Owner owner, RegisteredShield shield) {
        shields.compute(owner, (_, before) -> {
            Map<String, RegisteredShield> after = before == null ? new TreeMap<>() : new TreeMap<>(before);
            after.put(shield.id(), shield);
            return after;
        });
    }

    @Override
    public Optional<RegisteredShield> find(Owner owner, String id) {
        return Optional.ofNullable(shields.getOrDefault(owner, Map.of()).get(id));
    }

    @Override
    public List<RegisteredShield> all(Owner owner) {
        return new ArrayList<>(shields.getOrDefault(owner, Map.of()).values());
    }

    @Override
    public boolean remove(Owner owner, String id) {
        boolean was = find(owner, id).isPresent();
        shields.computeIfPresent(owner, (_, before) -> {
            Map<String, RegisteredShield> after = new TreeMap<>(before);
            after.remove(id);
            return after;
        });
        return was;
    }
}
