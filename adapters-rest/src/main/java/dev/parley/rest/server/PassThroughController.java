package dev.parley.rest.server;

import dev.parley.application.port.ChatProxy;
import dev.parley.rest.sse.PassedAnswers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;

/** What is handed on to the provider of the request's model as it is, and back; unless its model is one of our own. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Pass-through")
final class PassThroughController {

    private final ChatProxy proxy;
    private final PassedAnswers answers;
    private final OwnEmbeddings embeddings;

    PassThroughController(ChatProxy proxy, PassedAnswers answers, OwnEmbeddings embeddings) {
        this.proxy = proxy;
        this.answers = answers;
        this.embeddings = embeddings;
    }

    /** Ask the model's provider for a chat completion, in OpenAI's words, streamed or not. */
    @Post(uris = {"/v1/chat/completions", "/v1/openai/v1/chat/completions"})
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    CompletionStage<HttpResponse<?>> complete(HttpRequest<byte[]> request) {
        return pass(ChatProxy.Endpoint.CHAT_COMPLETIONS, request);
    }

    /** Ask an embedding model of this server, else the model's provider, for embeddings, in OpenAI's words. */
    @Post(uris = {"/v1/embeddings", "/v1/openai/v1/embeddings"})
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    CompletionStage<HttpResponse<?>> embed(HttpRequest<byte[]> request) {
        byte[] body = bodyOf(request);
        return embeddings
                .named(body)
                .map(embedder -> answers.pass(
                        request, (receiver, cancellation) -> embeddings.answer(embedder, body, receiver, cancellation)))
                .orElseGet(() -> pass(ChatProxy.Endpoint.EMBEDDINGS, request));
    }

    /** Ask an embedding model of this server for embeddings, in the words of the Agents API. */
    @Post("/v1/inference/embeddings")
    @RequestBody(content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    CompletionStage<HttpResponse<?>> embedForAgents(HttpRequest<byte[]> request) {
        byte[] body = bodyOf(request);
        return answers.pass(request, (receiver, cancellation) -> embeddings.answerAgents(body, receiver, cancellation));
    }

    private static byte[] bodyOf(HttpRequest<byte[]> request) {
        return request.getBody().orElseGet(() -> new byte[0]);
    }

    private CompletionStage<HttpResponse<?>> pass(ChatProxy.Endpoint endpoint, HttpRequest<byte[]> request) {
        byte[] body = bodyOf(request);
        return answers.pass(request, (receiver, cancellation) -> proxy.forward(endpoint, body, receiver, cancellation));
    }
}
