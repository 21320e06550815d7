package dev.parley.rest.dialect;

import io.micronaut.http.HttpRequest;
import java.util.List;

/** The interfaces of this server, told apart by the path of a request, whether there is a route of that path or not. */
public enum Dialect {
    AGENTS,
    OPENAI;

    private static final List<String> OPENAI_PATHS = List.of(
            "/v1/responses",
            "/v1/conversations",
            "/v1/chat/completions",
            "/v1/embeddings",
            "/v1/moderations",
            "/v1/files",
            "/v1/vector_stores",
            "/v1/openai/v1");

    public static Dialect of(HttpRequest<?> request) {
        return of(request.getPath());
    }

    static Dialect of(String path) {
        return OPENAI_PATHS.stream().anyMatch(own -> isAtOrBelow(path, own)) ? OPENAI : AGENTS;
    }

    private static boolean isAtOrBelow(String path, String own) {
        return path.startsWith(own) && (path.length() == own.length() || path.charAt(own.length()) == '/');
    }
}
