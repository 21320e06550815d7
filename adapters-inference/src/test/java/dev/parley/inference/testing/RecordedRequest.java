package dev.parley.inference.testing;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it arrived.
 *
 * @param connection which of the connections opened so far brought it, from 1
 * @param path the request target with its query
 * @param headers by name, in any case
 */
public record RecordedRequest(
        int connection, String method, String path, Map<String, List<String>> headers, String body) {

    public RecordedRequest {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> byName.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(byName);
    }

    /** The first value of a header, empty if the request has none of that name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }

    /**
     * The body as a chat-completions request.
     *
     * @throws IllegalArgumentException if the body is not a JSON object
     */
    public ChatRequest chat() {
        return ChatRequest.from(body);
    }

    boolean isChat() {
        return method.equals("POST") && pathEnds("/chat/completions");
    }

    boolean isEmbeddings() {
        return method.equals("POST") && pathEnds("/embeddings");
    }

    boolean isModels() {
        return method.equals("GET") && pathEnds("/models");
    }

    private boolean pathEnds(String end) {
        int query = path.indexOf('?');
        return (query < 0 ? path : path.substring(0, query)).endsWith(end);
    }
}
