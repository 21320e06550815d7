package dev.parley.rest.responses;

import static dev.parley.rest.responses.ResponsePaths.CONVERSATIONS;
import static dev.parley.rest.responses.ResponsePaths.OPENAI;

import dev.parley.application.conversation.CreateConversation;
import dev.parley.application.conversation.DeleteConversation;
import dev.parley.application.conversation.EditConversation;
import dev.parley.application.conversation.ReadConversations;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.ConversationId;
import io.micronaut.http.HttpRequest;
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
import java.util.Map;

/** Conversations (responses-api 6.5). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Conversations")
final class ConversationsController {

    private static final String CONVERSATION = CONVERSATIONS + "/{conversationId}";

    private final CreateConversation createConversation;
    private final ReadConversations readConversations;
    private final EditConversation editConversation;
    private final DeleteConversation deleteConversation;
    private final ConversationItems items;

    ConversationsController(
            CreateConversation createConversation,
            ReadConversations readConversations,
            EditConversation editConversation,
            DeleteConversation deleteConversation,
            ConversationItems items) {
        this.createConversation = createConversation;
        this.readConversations = readConversations;
        this.editConversation = editConversation;
        this.deleteConversation = deleteConversation;
        this.items = items;
    }

    /** Create a conversation, with its first items. */
    @Post(uris = {CONVERSATIONS, OPENAI + CONVERSATIONS})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.CreateConversation.class)))
    ConversationJson createConversation(HttpRequest<byte[]> request) {
        Param in = Param.bodyOrNone(request);
        Map<String, String> metadata =
                in.at("metadata").optional(LabelsParam::read).orElse(Map.of());
        return ConversationJson.of(createConversation.create(Owner.SOLE, metadata, items.readOptional(in.at("items"))));
    }

    /** Get a conversation. */
    @Get(uris = {CONVERSATION, OPENAI + CONVERSATION})
    ConversationJson getConversation(String conversationId) {
        return ConversationJson.of(readConversations.get(Owner.SOLE, id(conversationId)));
    }

    /** Replace what a conversation is described with. */
    @Post(uris = {CONVERSATION, OPENAI + CONVERSATION})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.UpdateConversation.class)))
    ConversationJson updateConversation(HttpRequest<byte[]> request, String conversationId) {
        ConversationId id = id(conversationId);
        Map<String, String> metadata = LabelsParam.read(Param.body(request).at("metadata"));
        return ConversationJson.of(editConversation.describe(Owner.SOLE, id, metadata));
    }

    /** Delete a conversation; the responses that were given in it stay. */
    @Delete(uris = {CONVERSATION, OPENAI + CONVERSATION})
    DeletedJson deleteConversation(String conversationId) {
        deleteConversation.delete(Owner.SOLE, id(conversationId));
        return DeletedJson.of(conversationId, "conversation.deleted");
    }

    static ConversationId id(String text) {
        return OriginParams.conversation(text, "conversation");
    }
}
