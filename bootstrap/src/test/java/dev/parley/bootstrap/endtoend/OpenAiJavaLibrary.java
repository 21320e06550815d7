package dev.parley.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.models.ComparisonFilter;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.vectorstores.VectorStore;
import com.openai.models.vectorstores.VectorStoreSearchParams;
import com.openai.models.vectorstores.VectorStoreSearchResponse;
import com.openai.models.vectorstores.filebatches.FileBatchCreateParams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Files and vector stores, as the official Java client makes them. It is made to validate what it is given. */
final class OpenAiJavaLibrary {

    static final String APPLES = "Apples are red or green and grow on trees in orchards.";
    static final String BICYCLES = "A bicycle has two wheels, a frame and a chain.";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OpenAIClient client;

    OpenAiJavaLibrary(OpenAIClient client) {
        this.client = client;
    }

    FileObject upload(String name, String text, FilePurpose purpose) {
        return client.files()
                .create(FileCreateParams.builder()
                        .file(MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream(text.getBytes(UTF_8)))
                                .filename(name)
                                .build())
                        .purpose(purpose)
                        .build())
                .validate();
    }

    /** A store of two files of different kinds, which have been read. */
    String store() {
        String store = client.vectorStores().create().id();
        client.vectorStores()
                .fileBatches()
                .create(FileBatchCreateParams.builder()
                        .vectorStoreId(store)
                        .addFile(of("apples.txt", APPLES, "fruit"))
                        .addFile(of("bicycles.txt", BICYCLES, "vehicle"))
                        .build())
                .validate();
        awaitRead(store);
        return store;
    }

    private FileBatchCreateParams.File of(String name, String text, String kind) {
        return FileBatchCreateParams.File.builder()
                .fileId(upload(name, text, FilePurpose.ASSISTANTS).id())
                .attributes(FileBatchCreateParams.File.Attributes.builder()
                        .putAdditionalProperty("kind", JsonValue.from(kind))
                        .build())
                .build();
    }

    static ComparisonFilter kind(String kind) {
        return ComparisonFilter.builder()
                .type(ComparisonFilter.Type.EQ)
                .key("kind")
                .value(kind)
                .build();
    }

    List<VectorStoreSearchResponse> found(String store, VectorStoreSearchParams.Builder search) {
        var page = client.vectorStores().search(search.vectorStoreId(store).build());
        page.response().validate();
        return page.data();
    }

    void awaitRead(String store) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!client.vectorStores().retrieve(store).status().equals(VectorStore.Status.COMPLETED)) {
            assertThat(System.nanoTime()).as("nobody has read the files").isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
