package dev.parley.rest.responses;

import static dev.parley.rest.responses.ConversationsController.id;
import static dev.parley.rest.responses.ResponsePaths.CONVERSATIONS;
import static dev.parley.rest.responses.ResponsePaths.OPENAI;

import dev.parley.application.conversation.EditConversation;
import dev.parley.application.conversation.ReadConversations;
import dev.parley.application.port.Page;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.ItemId;
import dev.parley.rest.json.WireBody;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The items of conversations (responses-api 6.5). */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Conversations")
final class ConversationItemsController {

    private static final String ITEMS = CONVERSATIONS + "/{conversationId}/items";
    private static final String ITEM = ITEMS + "/{itemId}";

    private final ReadConversations readConversations;
    private final EditConversation editConversation;
    private final ConversationItems items;
    private final ItemJson json;

    ConversationItemsController(
            ReadConversations readConversations,
            EditConversation editConversation,
            ConversationItems items,
            ItemJson json) {
        this.readConversations = readConversations;
        this.editConversation = editConversation;
        this.items = items;
        this.json = json;
    }

    /** Add items at the end of a conversation. */
    @Post(uris = {ITEMS, OPENAI + ITEMS})
    @RequestBody(content = @Content(schema = @Schema(implementation = RequestSchemas.AddItems.class)))
    @Parameter(name = "include", in = ParameterIn.QUERY, schema = @Schema(type = "array"))
    ItemListJson addItems(HttpRequest<byte[]> request, String conversationId) {
        Includes include = new Query(request).include();
        ConversationId id = id(conversationId);
        return ItemListJson.of(
                new Page<>(
                        editConversation.add(
                                Owner.SOLE, id, items.read(Param.body(request).at("items"))),
                        false),
                json,
                include);
    }

    /** List the items of a conversation, newest first. */
    @Get(uris = {ITEMS, OPENAI + ITEMS})
    @Parameter(name = "include", in = ParameterIn.QUERY, schema = @Schema(type = "array"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
    @Parameter(name = "order", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "after", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    ItemListJson listItems(HttpRequest<?> request, String conversationId) {
        Query query = new Query(request);
        return ItemListJson.of(
                readConversations.items(Owner.SOLE, id(conversationId), query.slice()), json, query.include());
    }

    /** Get an item of a conversation. */
    @Get(uris = {ITEM, OPENAI + ITEM})
    @Parameter(name = "include", in = ParameterIn.QUERY, schema = @Schema(type = "array"))
    WireBody getItem(HttpRequest<?> request, String conversationId, String itemId) {
        return json.of(
                readConversations.item(Owner.SOLE, id(conversationId), item(itemId)), new Query(request).include());
    }

    /** Take an item out of a conversation. */
    @Delete(uris = {ITEM, OPENAI + ITEM})
    ConversationJson removeItem(String conversationId, String itemId) {
        return ConversationJson.of(editConversation.remove(Owner.SOLE, id(conversationId), item(itemId)));
    }

    private static ItemId item(String id) {
        return new ItemId(Query.storable(id));
    }
}
