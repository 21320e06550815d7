package dev.parley.inference.config;

import java.util.List;

/** Every key there is. */
final class Keys {

    static final String DEFAULT_PROVIDER = "default-provider";
    static final String MODEL_LIST_REFRESH = "model-list-refresh";

    /** Directly under {@code parley.inference}. */
    static final List<String> GENERAL = List.of(DEFAULT_PROVIDER, MODEL_LIST_REFRESH);

    static final String TYPE = "type";
    static final String BASE_URL = "base-url";
    static final String API_KEY = "api-key";
    static final String PROFILE = "profile";
    static final String CONNECT_TIMEOUT = "connect-timeout";
    static final String FIRST_TOKEN_TIMEOUT = "first-token-timeout";
    static final String IDLE_TIMEOUT = "idle-timeout";
    static final String MAX_RETRIES = "max-retries";
    static final String THINK_TAGS = "think-tags";
    static final String REASONING_FIELD = "reasoning-field";
    static final String ENFORCES_SCHEMA = "enforces-schema";
    static final String WORD_DELAY = "word-delay";

    /** Of a provider, besides {@code headers.<name>}. */
    static final List<String> PROVIDER = List.of(
            TYPE,
            BASE_URL,
            API_KEY,
            PROFILE,
            CONNECT_TIMEOUT,
            FIRST_TOKEN_TIMEOUT,
            IDLE_TIMEOUT,
            MAX_RETRIES,
            THINK_TAGS,
            REASONING_FIELD,
            ENFORCES_SCHEMA,
            WORD_DELAY);

    static final String ALIAS_PROVIDER = "provider";
    static final String ALIAS_MODEL = "model";

    /** Of an alias. */
    static final List<String> ALIAS = List.of(ALIAS_PROVIDER, ALIAS_MODEL);

    static final String EMBEDDING_PROVIDER = "provider";
    static final String EMBEDDING_MODEL = "model";
    static final String DIMENSION = "dimension";
    static final String MAX_TOKENS = "max-tokens";
    static final String QUERY_PREFIX = "query-prefix";
    static final String DOCUMENT_PREFIX = "document-prefix";

    /** Of an embedding model. */
    static final List<String> EMBEDDING =
            List.of(EMBEDDING_PROVIDER, EMBEDDING_MODEL, DIMENSION, MAX_TOKENS, QUERY_PREFIX, DOCUMENT_PREFIX);

    private Keys() {}
}
