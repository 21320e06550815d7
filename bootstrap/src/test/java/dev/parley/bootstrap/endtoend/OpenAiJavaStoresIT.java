package dev.parley.bootstrap.endtoend;

import static dev.parley.bootstrap.endtoend.OpenAiJavaClient.about;
import static dev.parley.bootstrap.endtoend.OpenAiJavaLibrary.APPLES;
import static dev.parley.bootstrap.endtoend.OpenAiJavaLibrary.BICYCLES;
import static dev.parley.bootstrap.endtoend.OpenAiJavaLibrary.kind;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.CompoundFilter;
import com.openai.models.files.FileListParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.FileSearchTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.vectorstores.StaticFileChunkingStrategy;
import com.openai.models.vectorstores.VectorStore;
import com.openai.models.vectorstores.VectorStoreCreateParams;
import com.openai.models.vectorstores.VectorStoreListParams;
import com.openai.models.vectorstores.VectorStoreSearchParams;
import com.openai.models.vectorstores.VectorStoreSearchResponse;
import com.openai.models.vectorstores.VectorStoreUpdateParams;
import com.openai.models.vectorstores.filebatches.FileBatchCancelParams;
import com.openai.models.vectorstores.filebatches.FileBatchCreateParams;
import com.openai.models.vectorstores.filebatches.FileBatchListFilesParams;
import com.openai.models.vectorstores.filebatches.FileBatchRetrieveParams;
import com.openai.models.vectorstores.filebatches.VectorStoreFileBatch;
import com.openai.models.vectorstores.files.FileContentParams;
import com.openai.models.vectorstores.files.FileCreateParams;
import com.openai.models.vectorstores.files.FileDeleteParams;
import com.openai.models.vectorstores.files.FileRetrieveParams;
import com.openai.models.vectorstores.files.FileUpdateParams;
import com.openai.models.vectorstores.files.VectorStoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The official Java client uploads files to the packaged jar, puts them into vector stores and has responses look there, with
 * the embedding model of the product. It holds whatever it is given to its schema.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class OpenAiJavaStoresIT {

    private static final OpenAiJavaClient SERVER = OpenAiJavaClient.ofThePackagedJar();
    private static final OpenAIClient CLIENT = SERVER.client();
    private static final OpenAiJavaLibrary LIBRARY = new OpenAiJavaLibrary(CLIENT);

    private static final String LOOK = "#call=file_search {\"queries\":[\"Which fruit grows on trees?\"]}";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void uploadsFilesAndReadsThemBack() throws IOException {
        FileObject file = LIBRARY.upload("apples.txt", APPLES, FilePurpose.USER_DATA);

        assertThat(file.filename()).isEqualTo("apples.txt");
        assertThat(file.bytes()).isEqualTo(APPLES.length());
        assertThat(CLIENT.files().retrieve(file.id()).validate()).isEqualTo(file);
        LIBRARY.upload("bicycles.txt", BICYCLES, FilePurpose.USER_DATA);
        FileListParams ofUsers =
                FileListParams.builder().purpose("user_data").limit(1).build();
        List<FileObject> all = CLIENT.files().list(ofUsers).autoPager().stream()
                .map(FileObject::validate)
                .toList();
        assertThat(all).hasSize(2).contains(file);
        try (var content = CLIENT.files().content(file.id());
                InputStream body = content.body()) {
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo(APPLES);
        }
        assertThat(CLIENT.files().delete(file.id()).validate().deleted()).isTrue();
        assertThatThrownBy(() -> CLIENT.files().retrieve(file.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void keepsStores() {
        VectorStore made = CLIENT.vectorStores()
                .create(VectorStoreCreateParams.builder()
                        .name("fruit")
                        .description("All of it")
                        .expiresAfter(VectorStoreCreateParams.ExpiresAfter.builder()
                                .days(7)
                                .build())
                        .metadata(VectorStoreCreateParams.Metadata.builder()
                                .putAdditionalProperty("topic", JsonValue.from("fruit"))
                                .build())
                        .build())
                .validate();
        VectorStore bare = CLIENT.vectorStores().create().validate();

        assertThat(made.expiresAt()).contains(made.createdAt() + 7 * 86_400);
        assertThat(CLIENT.vectorStores().retrieve(made.id()).validate()).isEqualTo(made);
        VectorStore changed = CLIENT.vectorStores()
                .update(VectorStoreUpdateParams.builder()
                        .vectorStoreId(made.id())
                        .name("trees")
                        .build())
                .validate();
        assertThat(changed).isEqualTo(made.toBuilder().name("trees").build());
        VectorStoreListParams inParts = VectorStoreListParams.builder().limit(1).build();
        assertThat(CLIENT.vectorStores().list(inParts).autoPager().stream()
                        .map(store -> store.validate().id()))
                .containsSubsequence(bare.id(), made.id());
        assertThat(CLIENT.vectorStores().delete(made.id()).validate().deleted()).isTrue();
        assertThatThrownBy(() -> CLIENT.vectorStores().retrieve(made.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void putsAFileIntoAStoreAndTakesItOut() {
        String store = CLIENT.vectorStores().create().id();
        String file =
                LIBRARY.upload("apples.txt", APPLES, FilePurpose.ASSISTANTS).id();

        VectorStoreFile begun = CLIENT.vectorStores()
                .files()
                .create(FileCreateParams.builder()
                        .vectorStoreId(store)
                        .fileId(file)
                        .staticChunkingStrategy(StaticFileChunkingStrategy.builder()
                                .maxChunkSizeTokens(100)
                                .chunkOverlapTokens(10)
                                .build())
                        .build())
                .validate();
        assertThat(begun.vectorStoreId()).isEqualTo(store);
        LIBRARY.awaitRead(store);
        VectorStoreFile read = CLIENT.vectorStores()
                .files()
                .retrieve(FileRetrieveParams.builder()
                        .vectorStoreId(store)
                        .fileId(file)
                        .build())
                .validate();
        assertThat(read.status()).isEqualTo(VectorStoreFile.Status.COMPLETED);
        assertThat(read.usageBytes()).isPositive();
        assertThat(CLIENT.vectorStores().files().list(store).autoPager().stream())
                .containsExactly(read);
        VectorStoreFile described = CLIENT.vectorStores()
                .files()
                .update(FileUpdateParams.builder()
                        .vectorStoreId(store)
                        .fileId(file)
                        .attributes(FileUpdateParams.Attributes.builder()
                                .putAdditionalProperty("kind", JsonValue.from("fruit"))
                                .putAdditionalProperty("weight", JsonValue.from(1.5))
                                .build())
                        .build())
                .validate();
        assertThat(described.attributes().orElseThrow()._allProperties())
                .isEqualTo(Map.of("kind", JsonValue.from("fruit"), "weight", JsonValue.from(1.5)));
        var content = CLIENT.vectorStores()
                .files()
                .content(FileContentParams.builder()
                        .vectorStoreId(store)
                        .fileId(file)
                        .build());
        content.response().validate();
        assertThat(content.data().getFirst().text()).contains(APPLES);
        FileDeleteParams gone =
                FileDeleteParams.builder().vectorStoreId(store).fileId(file).build();
        assertThat(CLIENT.vectorStores().files().delete(gone).validate().deleted())
                .isTrue();
        assertThatThrownBy(() -> CLIENT.vectorStores().files().delete(gone)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void putsFilesIntoAStoreTogether() {
        String store = CLIENT.vectorStores().create().id();
        String apples =
                LIBRARY.upload("apples.txt", APPLES, FilePurpose.ASSISTANTS).id();
        String bicycles =
                LIBRARY.upload("bicycles.txt", BICYCLES, FilePurpose.ASSISTANTS).id();

        VectorStoreFileBatch batch = CLIENT.vectorStores()
                .fileBatches()
                .create(FileBatchCreateParams.builder()
                        .vectorStoreId(store)
                        .fileIds(List.of(apples, bicycles))
                        .build())
                .validate();
        LIBRARY.awaitRead(store);
        FileBatchRetrieveParams again = FileBatchRetrieveParams.builder()
                .vectorStoreId(store)
                .batchId(batch.id())
                .build();
        VectorStoreFileBatch read =
                CLIENT.vectorStores().fileBatches().retrieve(again).validate();
        assertThat(read.status()).isEqualTo(VectorStoreFileBatch.Status.COMPLETED);
        assertThat(read.fileCounts().completed()).isEqualTo(2);
        assertThat(CLIENT
                        .vectorStores()
                        .fileBatches()
                        .listFiles(FileBatchListFilesParams.builder()
                                .vectorStoreId(store)
                                .batchId(batch.id())
                                .filter(FileBatchListFilesParams.Filter.COMPLETED)
                                .limit(1)
                                .build())
                        .autoPager()
                        .stream()
                        .map(file -> file.validate().id()))
                .containsExactlyInAnyOrder(apples, bicycles);
        FileBatchCancelParams cancel = FileBatchCancelParams.builder()
                .vectorStoreId(store)
                .batchId(batch.id())
                .build();
        assertThat(CLIENT.vectorStores().fileBatches().cancel(cancel).validate())
                .isEqualTo(read);
    }

    @Test
    void searchesAStore() {
        String store = LIBRARY.store();

        assertThat(LIBRARY.found(store, VectorStoreSearchParams.builder().query("What grows on trees?")))
                .first()
                .satisfies(hit -> {
                    assertThat(hit.filename()).isEqualTo("apples.txt");
                    assertThat(hit.content().getFirst().text()).isEqualTo(APPLES);
                    assertThat(hit.score()).isBetween(0.0, 1.0);
                });
        assertThat(LIBRARY.found(
                        store,
                        VectorStoreSearchParams.builder()
                                .queryOfStrings(List.of("What grows on trees?", "fruit"))
                                .filters(kind("vehicle"))
                                .maxNumResults(5)
                                .rewriteQuery(true)
                                .rankingOptions(VectorStoreSearchParams.RankingOptions.builder()
                                        .ranker(VectorStoreSearchParams.RankingOptions.Ranker.AUTO)
                                        .scoreThreshold(0)
                                        .build())))
                .extracting(VectorStoreSearchResponse::filename)
                .containsExactly("bicycles.txt");
        assertThatThrownBy(() -> LIBRARY.found(
                        store, VectorStoreSearchParams.builder().query("a").maxNumResults(51)))
                .isInstanceOfSatisfying(BadRequestException.class, error -> {
                    assertThat(error.code()).contains("integer_above_max_value");
                    assertThat(error.param()).contains("max_num_results");
                });
    }

    static Stream<Arguments> answers() {
        String store = LIBRARY.store();
        return Stream.of(
                Arguments.of("apples.txt, bicycles.txt", about(LOOK).addFileSearchTool(List.of(store))),
                Arguments.of(
                        "apples.txt",
                        about(LOOK)
                                .addTool(FileSearchTool.builder()
                                        .addVectorStoreId(store)
                                        .maxNumResults(1)
                                        .rankingOptions(FileSearchTool.RankingOptions.builder()
                                                .ranker(FileSearchTool.RankingOptions.Ranker.AUTO)
                                                .scoreThreshold(0.1)
                                                .hybridSearch(FileSearchTool.RankingOptions.HybridSearch.builder()
                                                        .embeddingWeight(1)
                                                        .textWeight(0.5)
                                                        .build())
                                                .build())
                                        .build())),
                Arguments.of(
                        "bicycles.txt",
                        about(LOOK)
                                .addTool(FileSearchTool.builder()
                                        .addVectorStoreId(store)
                                        .filters(CompoundFilter.builder()
                                                .type(CompoundFilter.Type.AND)
                                                .addFilter(kind("vehicle"))
                                                .build())
                                        .build())),
                Arguments.of(
                        "",
                        about(LOOK)
                                .addTool(FileSearchTool.builder()
                                        .addVectorStoreId(store)
                                        .filters(kind("stone"))
                                        .build())));
    }

    @ParameterizedTest(name = "found: {0}")
    @MethodSource("answers")
    void answersFromFiles(String names, ResponseCreateParams.Builder question) {
        Response bare = SERVER.create(question);
        ResponseCreateParams.Builder withResults = question.addInclude(ResponseIncludable.FILE_SEARCH_CALL_RESULTS);
        Response whole = SERVER.create(withResults);
        Told told = SERVER.tell(withResults);

        assertThat(bare.output().getFirst().asFileSearchCall().results()).isEmpty();
        var call = whole.output().getFirst().asFileSearchCall();
        assertThat(call.queries()).containsExactly("Which fruit grows on trees?");
        assertThat(String.join(
                        ", ",
                        call.results().orElseThrow().stream()
                                .map(result -> result.filename().orElseThrow())
                                .toList()))
                .isEqualTo(names);
        var text = whole.output().getLast().asMessage().content().getFirst().asOutputText();
        assertThat(String.join(
                        ", ",
                        text.annotations().stream()
                                .map(annotation -> annotation.asFileCitation().filename())
                                .distinct()
                                .toList()))
                .isEqualTo(names);
        assertThat(Told.alike(told.ended())).isEqualTo(Told.alike(whole));
        assertThat(Told.alike(told.accumulated())).isEqualTo(Told.alike(whole));
    }

    @Test
    void hasTextsJudged() {
        Http.json(Http.post(
                SERVER.uri().resolve("/v1/shields"),
                Map.of("shield_id", "words", "provider_id", "deny-list", "params", Map.of("words", List.of("bomb")))));

        var judged = CLIENT.moderations()
                .create(ModerationCreateParams.builder()
                        .model("words")
                        .inputOfStrings(List.of("a cake", "a bomb"))
                        .build())
                .validate();

        assertThat(judged.results().stream().map(one -> one.flagged())).containsExactly(false, true);
    }
}
