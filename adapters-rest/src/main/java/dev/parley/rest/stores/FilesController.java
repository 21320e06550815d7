package dev.parley.rest.stores;

import static dev.parley.rest.stores.StorePaths.FILES;
import static dev.parley.rest.stores.StorePaths.OPENAI;

import dev.parley.application.retrieval.ReadFiles;
import dev.parley.application.retrieval.UploadFile;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.retrieval.StoredFile;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;

/** Files that clients upload. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Files")
final class FilesController {

    private static final int MOST_FILES = 10_000;

    private final UploadFile uploadFile;
    private final ReadFiles readFiles;

    FilesController(UploadFile uploadFile, ReadFiles readFiles) {
        this.uploadFile = uploadFile;
        this.readFiles = readFiles;
    }

    /** Upload a file, as a form with the parts file and purpose. */
    @Post(uris = {FILES, OPENAI + FILES})
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = UploadFileRequest.class)))
    FileJson uploadFile(HttpRequest<byte[]> request) {
        UploadForm form = UploadForm.of(request);
        UploadForm.Part file = form.part("file").orElseThrow(() -> missing("file"));
        String purpose = text(form, "purpose").orElseThrow(() -> missing("purpose"));
        return FileJson.of(uploadFile.upload(
                Owner.SOLE,
                new UploadFile.Upload(
                        file.filename()
                                .orElseThrow(() -> Refusal.invalid(
                                        "file", "The part 'file' must be a file: send it with a filename")),
                        purpose,
                        file.mediaType(),
                        file.content(),
                        lifetime(form))));
    }

    private static Optional<String> text(UploadForm form, String name) {
        return form.part(name).map(UploadForm.Part::text);
    }

    private static Optional<Duration> lifetime(UploadForm form) {
        Optional<String> anchor = text(form, "expires_after[anchor]");
        Optional<String> seconds = text(form, "expires_after[seconds]");
        if (anchor.isEmpty() && seconds.isEmpty()) {
            return Optional.empty();
        }
        if (!anchor.equals(Optional.of("created_at"))) {
            throw Refusal.invalid("expires_after.anchor", "expires_after.anchor must be 'created_at'")
                    .because(Refusal.Reason.INVALID_VALUE);
        }
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(seconds.orElse(""))));
        } catch (NumberFormatException _) {
            throw Refusal.invalid("expires_after.seconds", "expires_after.seconds must be a whole number")
                    .because(Refusal.Reason.INVALID_TYPE);
        }
    }

    private static Refusal missing(String part) {
        return Refusal.invalid(
                        part, "The form has no part '%s'; send file and purpose as multipart/form-data".formatted(part))
                .because(Refusal.Reason.MISSING_PARAMETER);
    }

    /** List files, the newest first. */
    @Get(uris = {FILES, OPENAI + FILES})
    ObjectListJson listFiles(HttpRequest<?> request) {
        ListQuery query = new ListQuery(request);
        return ObjectListJson.of(
                readFiles.list(Owner.SOLE, query.text("purpose").orElse(""), query.listing(MOST_FILES, MOST_FILES)),
                FileJson::of,
                file -> file.id().value());
    }

    /** Get what is known of a file. */
    @Get(uris = {FILES + "/{fileId}", OPENAI + FILES + "/{fileId}"})
    FileJson getFile(String fileId) {
        return FileJson.of(readFiles.get(Owner.SOLE, StorePaths.file(fileId)));
    }

    /** Get what is in a file, byte for byte. */
    @Get(uris = {FILES + "/{fileId}/content", OPENAI + FILES + "/{fileId}/content"})
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> getContent(String fileId) {
        StoredFile file = readFiles.get(Owner.SOLE, StorePaths.file(fileId));
        // whatever a client calls it, a browser is not to run it
        return HttpResponse.ok(readFiles.content(Owner.SOLE, file.id()))
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment");
    }

    /** Delete a file, also out of every vector store. */
    @Delete(uris = {FILES + "/{fileId}", OPENAI + FILES + "/{fileId}"})
    GoneJson deleteFile(String fileId) {
        readFiles.delete(Owner.SOLE, StorePaths.file(fileId));
        return GoneJson.of(fileId, "file");
    }

    @Schema(name = "UploadFileRequest")
    record UploadFileRequest(
            @Schema(type = "string", format = "binary") String file, String purpose) {}
}
