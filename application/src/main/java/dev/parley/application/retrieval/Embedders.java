package dev.parley.application.retrieval;

import static java.util.Objects.requireNonNull;

import dev.parley.application.port.Embedder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that turn texts into vectors, by the ids that stores and requests name them by. */
public final class Embedders {

    private final Map<String, Embedder> byId = new LinkedHashMap<>();

    /**
     * @param chosen the id of the one that stores get which name none; empty for the first one
     * @throws IllegalArgumentException when two have the same id, or the chosen one is not there
     */
    public Embedders(Collection<Embedder> embedders, Optional<String> chosen) {
        chosen.ifPresent(id -> byId.put(id, require(embedders, id)));
        for (Embedder embedder : embedders) {
            Embedder same = byId.put(embedder.id(), embedder);
            if (same != null && !same.equals(embedder)) {
                throw new IllegalArgumentException("there are two embedding models '%s'".formatted(embedder.id()));
            }
        }
    }

    private static Embedder require(Collection<Embedder> embedders, String id) {
        return embedders.stream()
                .filter(embedder -> embedder.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no embedding model '%s'; there are %s"
                        .formatted(id, embedders.stream().map(Embedder::id).toList())));
    }

    /** The one that stores get which name none comes first; the others in the order in which they were given. */
    public List<Embedder> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Embedder> find(String id) {
        return Optional.ofNullable(byId.get(requireNonNull(id, "id")));
    }

    /** The one that stores get which name none; empty when there is none at all. */
    public Optional<Embedder> byDefault() {
        return byId.values().stream().findFirst();
    }
}
