package dev.parley.application.testing;

import dev.parley.application.port.ToolGroups;
import dev.parley.domain.Owner;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tool groups in the memory of the process. */
public final class InMemoryToolGroups implements ToolGroups {

    private record Key(Owner owner, String id) {}

    private final Map<Key, Registration> groups = new ConcurrentHashMap<>();

    @Override
    public void register(Owner owner, Registration registration) {
        groups.put(new Key(owner, registration.group().id()), registration);
    }

    @Override
    public Optional<Registration> find(Owner owner, String id) {
        return Optional.ofNullable(groups.get(new Key(owner, id)));
    }

    @Override
    public List<Registration> list(Owner owner) {
        return groups.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner))
                .sorted(Comparator.comparing(entry -> entry.getKey().id()))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public boolean unregister(Owner owner, String id) {
        return groups.remove(new Key(owner, id)) != null;
    }
}
