package dev.parley.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.Page;
import dev.parley.application.response.InputItem;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemPart;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.item.Role;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversationUseCasesTest {

    private static final Owner OWNER = Owner.SOLE;
    private static final Owner STRANGER = new Owner("a stranger");
    private static final ConversationId NOWHERE = new ConversationId("conv_none");
    private static final Item ONE = said("msg_1", "one");
    private static final Item TWO = said("msg_2", "two");
    private static final Item THREE = said("msg_3", "three");

    private final ScriptedApplication app = new ScriptedApplication();
    private final CreateConversation create = app.createConversation();
    private final ReadConversations read = app.readConversations();
    private final EditConversation edit = app.editConversation();

    @Test
    void aConversationIsKeptWithItsFirstItems() {
        Conversation conversation = create.create(OWNER, Map.of("topic", "tea"), given(ONE, TWO));

        assertThat(conversation.id().value()).matches("conv_[0-9a-f]{32}");
        assertThat(conversation.createdAt()).isEqualTo(conversation.createdAt().truncatedTo(ChronoUnit.MICROS));
        assertThat(read.get(OWNER, conversation.id())).isEqualTo(conversation);
        assertThat(oldestFirst(conversation)).containsExactly(ONE, TWO);
    }

    @Test
    void newIdsOfItemsAreOfNoTurn() {
        ItemId id = create.newItemId("msg");

        assertThat(id.value()).matches("msg_[0-9a-f]{32}");
        assertThat(id.turn()).isEmpty();
        assertThat(create.newItemId("msg")).isNotEqualTo(id);
    }

    @Test
    void itemsAreAddedAtTheEnd() {
        Conversation conversation = create.create(OWNER, Map.of(), given(ONE));

        assertThat(edit.add(OWNER, conversation.id(), given(THREE, TWO))).containsExactly(THREE, TWO);

        assertThat(oldestFirst(conversation)).containsExactly(ONE, THREE, TWO);
        assertThat(read.item(OWNER, conversation.id(), TWO.id())).isEqualTo(TWO);
    }

    @Test
    void anItemOfAnotherConversationCanBeMeant() {
        create.create(OWNER, Map.of(), given(ONE));
        Conversation conversation =
                create.create(OWNER, Map.of(), List.of(new InputItem.Reference(ONE.id()), new InputItem.Given(TWO)));

        assertThat(oldestFirst(conversation)).containsExactly(ONE, TWO);
        Refusal refusal = refusal(
                Refusal.Code.NOT_FOUND,
                () -> edit.add(OWNER, conversation.id(), List.of(new InputItem.Reference(new ItemId("msg_never")))));
        assertThat(refusal.explanation()).startsWith("Item with id 'msg_never' not found.");
    }

    @Test
    void anIdIsThereOnce() {
        String duplicate = "Duplicate item found with id msg_1. Remove duplicate items from your input and try again.";
        Conversation conversation = create.create(OWNER, Map.of(), given(ONE));

        assertThat(refusal(Refusal.Code.INVALID, () -> create.create(OWNER, Map.of(), given(ONE, ONE))))
                .extracting(Refusal::explanation, Refusal::field)
                .containsExactly(duplicate, Optional.of("items"));
        assertThat(refusal(Refusal.Code.INVALID, () -> edit.add(OWNER, conversation.id(), given(TWO, ONE))))
                .extracting(Refusal::explanation, Refusal::field)
                .containsExactly(duplicate, Optional.of("items"));
        assertThat(oldestFirst(conversation)).as("nothing was added").containsExactly(ONE);
    }

    @Test
    void itemsAreListedInSlicesInBothDirections() {
        Conversation conversation = create.create(OWNER, Map.of(), given(ONE, TWO, THREE));

        assertThat(read.items(OWNER, conversation.id(), new ItemSlice(Optional.empty(), 2, true)))
                .isEqualTo(new Page<>(List.of(THREE, TWO), true));
        assertThat(read.items(OWNER, conversation.id(), new ItemSlice(Optional.of(TWO.id()), 2, true)))
                .isEqualTo(new Page<>(List.of(ONE), false));
        assertThat(refusal(
                                Refusal.Code.NOT_FOUND,
                                () -> read.items(
                                        OWNER,
                                        conversation.id(),
                                        new ItemSlice(Optional.of(new ItemId("msg_never")), 2, true)))
                        .field())
                .contains("after");
    }

    @Test
    void anItemIsTakenOut() {
        Conversation conversation = create.create(OWNER, Map.of(), given(ONE, TWO));

        assertThat(edit.remove(OWNER, conversation.id(), ONE.id())).isEqualTo(conversation);

        assertThat(oldestFirst(conversation)).containsExactly(TWO);
        assertThat(refusal(Refusal.Code.NOT_FOUND, () -> edit.remove(OWNER, conversation.id(), ONE.id()))
                        .field())
                .contains("item_id");
        assertThat(refusal(Refusal.Code.NOT_FOUND, () -> read.item(OWNER, conversation.id(), ONE.id()))
                        .explanation())
                .isEqualTo("Item with id 'msg_1' not found.");
    }

    @Test
    void metadataIsReplacedWhole() {
        Conversation conversation = create.create(OWNER, Map.of("a", "1", "b", "2"), List.of());

        assertThat(edit.describe(OWNER, conversation.id(), Map.of("b", "3")).metadata())
                .isEqualTo(Map.of("b", "3"));
        assertThat(read.get(OWNER, conversation.id()).metadata()).isEqualTo(Map.of("b", "3"));
    }

    @Test
    void aConversationIsDeleted() {
        Conversation conversation = create.create(OWNER, Map.of(), given(ONE));

        app.deleteConversation().delete(OWNER, conversation.id());

        assertNowhere(OWNER, conversation.id());
    }

    @Test
    void aConversationIsItsOwnersAlone() {
        Conversation conversation = create.create(OWNER, Map.of(), given(ONE));

        assertNowhere(STRANGER, conversation.id());
        assertNowhere(OWNER, NOWHERE);
        assertThat(oldestFirst(conversation)).containsExactly(ONE);
    }

    private void assertNowhere(Owner owner, ConversationId id) {
        List<Runnable> attempts = List.of(
                () -> read.get(owner, id),
                () -> read.items(owner, id, new ItemSlice(Optional.empty(), 1, true)),
                () -> read.items(owner, id, new ItemSlice(Optional.of(ONE.id()), 1, true)),
                () -> read.item(owner, id, ONE.id()),
                () -> edit.describe(owner, id, Map.of()),
                () -> edit.add(owner, id, given(TWO)),
                () -> edit.remove(owner, id, ONE.id()),
                () -> app.deleteConversation().delete(owner, id));
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(refusal(Refusal.Code.NOT_FOUND, attempt))
                        .extracting(Refusal::explanation, Refusal::field)
                        .containsExactly(
                                "Conversation with id '%s' not found.".formatted(id), Optional.of("conversation")));
    }

    private List<Item> oldestFirst(Conversation conversation) {
        return read.items(OWNER, conversation.id(), new ItemSlice(Optional.empty(), 100, false))
                .items();
    }

    private static List<InputItem> given(Item... items) {
        return List.of(items).stream().<InputItem>map(InputItem.Given::new).toList();
    }

    private static Refusal refusal(Refusal.Code code, Runnable attempt) {
        Refusal refusal = catchThrowableOfType(Refusal.class, attempt::run);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    private static Item said(String id, String text) {
        return new Item.Said(
                new ItemId(id),
                Role.USER,
                List.of(new ItemPart.InputText(text)),
                ItemStatus.COMPLETED,
                Optional.empty());
    }
}
