package dev.parley.rest.stores;

import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import dev.parley.rest.stores.SearchPageJson.TextJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file in a vector store says, always all of it: as clients of Llama Stack look for it ({@code content}), and as those
 * of OpenAI do ({@code data}), who may come by the same path.
 */
@WireRecord
@Schema(name = "VectorStoreFileContentAndPage")
record StoreFileTextJson(
        String fileId,
        String filename,
        RawJson attributes,
        List<TextJson> content,
        String object,
        List<TextJson> data,
        boolean hasMore,
        @Nullable String nextPage)
        implements WireBody {

    static StoreFileTextJson of(StoreFile file, List<Chunk> chunks) {
        Page page = Page.of(chunks);
        return new StoreFileTextJson(
                file.id().value(),
                file.filename(),
                new RawJson(file.attributes().json().toString()),
                page.data(),
                page.object(),
                page.data(),
                page.hasMore(),
                page.nextPage());
    }

    /** The same as clients of OpenAI alone look for it. */
    @WireRecord
    @Schema(name = "VectorStoreFileContent")
    record Page(
            String object,
            List<TextJson> data,
            boolean hasMore,
            @Nullable String nextPage) implements WireBody {

        static Page of(List<Chunk> chunks) {
            return new Page(
                    "vector_store.file_content.page",
                    chunks.stream().map(chunk -> TextJson.of(chunk.text())).toList(),
                    false,
                    null);
        }
    }
}
