package dev.parley.rest.stores;

import static dev.parley.rest.stores.StorePaths.OPENAI;
import static dev.parley.rest.stores.StorePaths.STORE;

import dev.parley.application.port.StoreFiles;
import dev.parley.application.retrieval.AttachFiles;
import dev.parley.application.retrieval.ReadStoreFiles;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.Attributes;
import dev.parley.domain.retrieval.Chunk;
import dev.parley.domain.retrieval.FileBatch;
import dev.parley.domain.retrieval.FileBatchId;
import dev.parley.domain.retrieval.StoreFile;
import dev.parley.rest.responses.Param;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** The files in a vector store, one by one and in batches. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Vector stores")
final class StoreFilesController {

    private static final String FILES = STORE + "/files";
    private static final String FILE = FILES + "/{fileId}";
    private static final String BATCHES = STORE + "/file_batches";
    private static final String BATCH = BATCHES + "/{batchId}";

    private static final String POLL_AFTER = "openai-poll-after-ms";
    private static final String POLL_AFTER_MS = "500";
    private static final SequencedMap<String, StoreFile.Status> STATUSES = new LinkedHashMap<>();

    static {
        for (StoreFile.Status status : StoreFile.Status.values()) {
            STATUSES.put(status.name().toLowerCase(Locale.ROOT), status);
        }
    }

    private final AttachFiles attachFiles;
    private final ReadStoreFiles readFiles;

    StoreFilesController(AttachFiles attachFiles, ReadStoreFiles readFiles) {
        this.attachFiles = attachFiles;
        this.readFiles = readFiles;
    }

    /** Have an uploaded file read into a vector store; it is in progress until that is done. */
    @Post(uris = {FILES, OPENAI + FILES})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    StoreFileJson attach(HttpRequest<byte[]> request, String storeId) {
        Param in = Param.body(request);
        return StoreFileJson.of(attachFiles.attach(Owner.SOLE, StorePaths.store(storeId), attachment(in)));
    }

    private static AttachFiles.Attachment attachment(Param in) {
        return attachment(in.at("file_id"), in);
    }

    /** @param how where it is said what all files have in common */
    private static AttachFiles.Attachment attachment(Param file, Param how) {
        return new AttachFiles.Attachment(
                StoreParams.file(file),
                how.at("attributes").optional(StoreParams::attributes).orElse(Attributes.NONE),
                how.at("chunking_strategy").optional(StoreParams::chunking));
    }

    /** List the files of a vector store, the newest first. */
    @Get(uris = {FILES, OPENAI + FILES})
    ObjectListJson list(HttpRequest<?> request, String storeId) {
        return list(request, storeId, Optional.empty());
    }

    private ObjectListJson list(HttpRequest<?> request, String storeId, Optional<FileBatchId> batch) {
        ListQuery query = new ListQuery(request);
        return ObjectListJson.of(
                readFiles.list(
                        Owner.SOLE,
                        StorePaths.store(storeId),
                        new StoreFiles.Choice(query.meaning("filter", STATUSES), batch),
                        query.listing()),
                StoreFileJson::of,
                file -> file.id().value());
    }

    /** Get a file of a vector store. */
    @Get(uris = {FILE, OPENAI + FILE})
    HttpResponse<StoreFileJson> get(String storeId, String fileId) {
        StoreFile file = file(storeId, fileId);
        return asItStands(StoreFileJson.of(file), file.status());
    }

    /** Clients who wait for a file to be read are told when to ask again; they would wait for five seconds. */
    private static <T> HttpResponse<T> asItStands(T body, StoreFile.Status status) {
        MutableHttpResponse<T> answer = HttpResponse.ok(body);
        return status == StoreFile.Status.IN_PROGRESS ? answer.header(POLL_AFTER, POLL_AFTER_MS) : answer;
    }

    private StoreFile file(String storeId, String fileId) {
        return readFiles.get(Owner.SOLE, StorePaths.store(storeId), StorePaths.document(fileId));
    }

    /** Replace the attributes of a file. */
    @Post(uris = {FILE, OPENAI + FILE})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    StoreFileJson describe(HttpRequest<byte[]> request, String storeId, String fileId) {
        Param in = Param.body(request).at("attributes");
        Attributes attributes = in.isPresent() && !in.isGiven() ? Attributes.NONE : StoreParams.attributes(in);
        return StoreFileJson.of(
                attachFiles.describe(Owner.SOLE, StorePaths.store(storeId), StorePaths.document(fileId), attributes));
    }

    /** Take a file out of a vector store; it stays uploaded. */
    @Delete(uris = {FILE, OPENAI + FILE})
    GoneJson detach(String storeId, String fileId) {
        attachFiles.detach(Owner.SOLE, StorePaths.store(storeId), StorePaths.document(fileId));
        return GoneJson.of(fileId, "vector_store.file.deleted");
    }

    /** Get the text of a file as it was read, piece by piece. */
    @Get(FILE + "/content")
    StoreFileTextJson.Page content(String storeId, String fileId) {
        return StoreFileTextJson.Page.of(text(storeId, fileId));
    }

    /** Get the text of a file as it was read, piece by piece, beside what else is known of it. */
    @Get(OPENAI + FILE + "/content")
    StoreFileTextJson contentBesideFile(String storeId, String fileId) {
        return StoreFileTextJson.of(file(storeId, fileId), text(storeId, fileId));
    }

    private List<Chunk> text(String storeId, String fileId) {
        return readFiles.content(Owner.SOLE, StorePaths.store(storeId), StorePaths.document(fileId));
    }

    /** Have several uploaded files read into a vector store; each of {@code files} says itself how. */
    @Post(uris = {BATCHES, OPENAI + BATCHES})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    FileBatchJson attachBatch(HttpRequest<byte[]> request, String storeId) {
        Param in = Param.body(request);
        Param files = in.at("files");
        Param ids = in.at("file_ids");
        if (files.isGiven() && ids.isGiven()) {
            throw ids.refuse(
                    Refusal.Reason.MUTUALLY_EXCLUSIVE,
                    "Mutually exclusive parameters: 'files' and 'file_ids' can't both be given; send one of them.");
        }
        List<AttachFiles.Attachment> attachments = files.isGiven()
                ? files.list(AttachFiles.MOST_IN_A_BATCH, StoreFilesController::attachment)
                : ids.list(AttachFiles.MOST_IN_A_BATCH, file -> attachment(file, in));
        return FileBatchJson.of(attachFiles.attachBatch(Owner.SOLE, StorePaths.store(storeId), attachments));
    }

    /** Get a batch. */
    @Get(uris = {BATCH, OPENAI + BATCH})
    HttpResponse<FileBatchJson> getBatch(String storeId, String batchId) {
        FileBatch batch = readFiles.batch(Owner.SOLE, StorePaths.store(storeId), StorePaths.batch(batchId));
        return asItStands(FileBatchJson.of(batch), batch.status());
    }

    /** Call off what of a batch is not yet read. */
    @Post(uris = {BATCH + "/cancel", OPENAI + BATCH + "/cancel"})
    FileBatchJson cancelBatch(String storeId, String batchId) {
        return FileBatchJson.of(
                attachFiles.cancelBatch(Owner.SOLE, StorePaths.store(storeId), StorePaths.batch(batchId)));
    }

    /** List the files of a batch. */
    @Get(uris = {BATCH + "/files", OPENAI + BATCH + "/files"})
    ObjectListJson listBatch(HttpRequest<?> request, String storeId, String batchId) {
        return list(request, storeId, Optional.of(StorePaths.batch(batchId)));
    }
}
