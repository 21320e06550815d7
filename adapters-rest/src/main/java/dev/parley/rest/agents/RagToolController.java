package dev.parley.rest.agents;

import dev.parley.application.retrieval.InsertDocuments;
import dev.parley.application.retrieval.InsertDocuments.Given;
import dev.parley.application.retrieval.QueryDocuments;
import dev.parley.application.retrieval.QueryDocuments.Question;
import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonValue;
import dev.parley.domain.retrieval.Chunking;
import dev.parley.domain.retrieval.DocumentId;
import dev.parley.domain.retrieval.Ranking;
import dev.parley.domain.retrieval.VectorStoreId;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.JsonValue.JsonObject;
import dev.parley.rest.json.JsonValue.JsonString;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import dev.parley.rest.sse.Attended;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole documents, inserted and asked (agents-api 9.1, 9.2). */
@Controller("/v1/tool-runtime/rag-tool")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Retrieval")
final class RagToolController {

    private final InsertDocuments insertDocuments;
    private final QueryDocuments queryDocuments;

    RagToolController(InsertDocuments insertDocuments, QueryDocuments queryDocuments) {
        this.insertDocuments = insertDocuments;
        this.queryDocuments = queryDocuments;
    }

    /** Insert documents; one that is there already is replaced. */
    @Post("/insert")
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    RawJson insert(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        VectorStoreId store = PathIds.vectorDb(in.at("vector_db_id").string());
        List<InsertDocuments.Document> documents = in.at("documents").list(RagToolController::document);
        int chunkTokens = in.at("chunk_size_in_tokens")
                .optional(tokens -> tokens.integer(1))
                .orElse(Chunking.DOCUMENT_TOKENS);
        return Attended.run(request, cancellation -> {
            insertDocuments.insert(Owner.SOLE, store, documents, chunkTokens, cancellation);
            return RawJson.NULL;
        });
    }

    private static InsertDocuments.Document document(JsonField in) {
        JsonField content = in.at("content");
        boolean isUrl = content.value() instanceof JsonObject(var members, var _) && members.containsKey("uri");
        Given given =
                isUrl ? Given.ADDRESS : content.value() instanceof JsonString ? Given.TEXT_OR_ADDRESS : Given.TEXT;
        JsonField id = in.at("document_id");
        if (id.string().isBlank()) {
            throw id.refuse(id.name() + " must not be blank");
        }
        return new InsertDocuments.Document(
                new DocumentId(id.string()),
                isUrl ? content.at("uri").string() : ContentJson.read(content).text(),
                given,
                in.at("mime_type").optional(JsonField::string).filter(type -> !type.isBlank()),
                in.at("metadata").optional(RetrievalParams::members).orElse(JsonValue.Members.NONE));
    }

    /** Ask what is known of something. */
    @Post("/query")
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    RagResultJson query(HttpRequest<byte[]> request) {
        JsonField in = JsonField.body(request);
        QueryDocuments.Question question = question(in);
        QueryDocuments.Found found =
                Attended.run(request, cancellation -> queryDocuments.query(Owner.SOLE, question, cancellation));
        return new RagResultJson(
                found.hits().isEmpty() ? null : ContentJson.of(found.content()),
                new RawJson(found.metadata().toString()));
    }

    private static Question question(JsonField in) {
        JsonField config = in.at("query_config");
        config.optional(given -> given.at("query_generator_config"))
                .ifPresent(generator -> generator.optional(RagToolController::requireDefault));
        return new Question(
                ContentJson.read(in.at("content")).text(),
                in.at("vector_db_ids").list(id -> PathIds.vectorDb(id.string())),
                config.optional(given -> given.at("max_chunks"))
                        .flatMap(most -> most.optional(RetrievalParams::chunks))
                        .orElse(Question.MAX_CHUNKS),
                config.optional(given -> given.at("max_tokens_in_context"))
                        .flatMap(most -> most.optional(number -> number.integer(1)))
                        .orElse(Question.MAX_TOKENS),
                config.optional(given -> given.at("mode"))
                        .flatMap(word -> word.optional(RetrievalParams::mode))
                        .orElse(new Ranking.Mode.Meaning()));
    }

    private static boolean requireDefault(JsonField generator) {
        JsonField type = generator.at("type");
        if (!type.string().equals("default")) {
            throw type.refuse("%s is '%s', but only 'default' is supported: the question is taken as it is"
                    .formatted(type.name(), type.string()));
        }
        return true;
    }

    /** @param content null when nothing was found */
    @WireRecord
    @Schema(name = "RAGQueryResult")
    record RagResultJson(
            @Schema(description = "Interleaved content") @Nullable
            Object content,

            @Schema(implementation = Map.class) RawJson metadata)
            implements WireBody {}
}
