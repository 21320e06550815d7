package dev.parley.inference.openai;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which fields of a request a provider was seen to refuse, for each of its models. */
final class Concessions {

    /** The names come from clients, who may make up any number of them. */
    private static final int MOST_MODELS = 1000;

    private final Map<String, Set<String>> byModel = new ConcurrentHashMap<>();

    Set<String> of(String model) {
        return byModel.getOrDefault(model, Set.of());
    }

    void remember(String model, Set<String> refused) {
        if (byModel.size() < MOST_MODELS || byModel.containsKey(model)) {
            byModel.put(model, Set.copyOf(refused));
        }
    }
}
