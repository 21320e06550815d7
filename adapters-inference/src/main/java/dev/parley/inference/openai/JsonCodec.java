package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/** The one factory of parsers and generators. */
final class JsonCodec {

    /** Buffers come from a shared pool: the default keeps them for each thread, and a virtual thread never comes back. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private JsonCodec() {}
}
