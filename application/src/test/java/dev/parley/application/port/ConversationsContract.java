package dev.parley.application.port;

import static dev.parley.application.testing.ItemFixture.said;
import static dev.parley.application.testing.ItemFixture.someId;
import static dev.parley.application.testing.StoreScene.someOwner;
import static dev.parley.application.testing.StoreScene.someTurnId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.ItemFixture;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.Together;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every store of conversations does. The store may hold the data of other tests. */
public abstract class ConversationsContract {

    private static final ConversationId UNKNOWN = new ConversationId("conv_unknown");
    private static final Item ONE = said("one");
    private static final Item TWO = said("two");
    private static final Item THREE = said("three");

    private Store store;
    private Conversations conversations;
    private StoreScene scene;
    private Owner owner;

    /** A store, which may be the same one for all tests. */
    protected abstract Store store();

    @BeforeEach
    final void open() {
        store = store();
        conversations = store.conversations();
        scene = StoreScene.in(store);
        owner = scene.owner();
    }

    // ---- conversations

    @Test
    void aConversationComesBackAsItWasAdded() {
        Map<String, String> metadata = Map.of(AgentFixture.AWKWARD_TEXT, AgentFixture.AWKWARD_TEXT, "", "");
        var awkward = new Conversation(new ConversationId("conv_" + someTurnId()), metadata, StoreScene.LONG_AGO);
        var plain = new Conversation(new ConversationId("conv_" + someTurnId()), Map.of(), StoreScene.LONG_AGO);
        conversations.add(owner, awkward, List.of());
        conversations.add(owner, plain, List.of());

        assertThat(conversations.find(owner, awkward.id())).contains(awkward);
        assertThat(conversations.find(owner, plain.id())).contains(plain);
        assertThat(conversations.window(owner, plain.id(), 10)).isEmpty();
        assertThat(conversations.find(owner, UNKNOWN)).isEmpty();
    }

    @Test
    void aConversationIsDescribedAnew() {
        Conversation conversation = scene.conversation(ONE);
        Map<String, String> metadata = Map.of("topic", "weather");

        Optional<Conversation> described = conversations.describe(owner, conversation.id(), metadata);

        assertThat(described).contains(new Conversation(conversation.id(), metadata, conversation.createdAt()));
        assertThat(conversations.find(owner, conversation.id())).isEqualTo(described);
        assertThat(itemsOf(conversation)).containsExactly(ONE);
        assertThat(conversations.describe(owner, UNKNOWN, metadata)).isEmpty();
    }

    @Test
    void aConversationIsDeletedWithItsItemsAndItsTurnsStay() {
        Conversation conversation = scene.conversation(ONE);
        Turn turn = scene.respondedIn(conversation);

        assertThat(conversations.delete(owner, conversation.id())).isTrue();

        assertThat(conversations.find(owner, conversation.id())).isEmpty();
        assertThat(itemsOf(conversation)).isEmpty();
        assertThat(conversations.append(owner, conversation.id(), List.of(TWO))).isFalse();
        assertThat(conversations.delete(owner, conversation.id())).isFalse();
        assertThat(scene.stored(turn.id())).isEqualTo(turn);
        assertThat(scene.respondedAfter(turn)).isNotNull();
        assertThat(store.turns().delete(owner, turn.id())).isTrue();
    }

    @Test
    void anotherOwnerSeesAndChangesNothing() {
        Owner other = someOwner();
        Conversation conversation = scene.conversation(ONE);
        ConversationId id = conversation.id();

        assertThat(conversations.find(other, id)).isEmpty();
        assertThat(conversations.describe(other, id, Map.of())).isEmpty();
        assertThat(conversations.append(other, id, List.of(TWO))).isFalse();
        assertThat(conversations.window(other, id, 10)).isEmpty();
        assertThat(conversations.windowBefore(other, id, someTurnId(), 10)).isEmpty();
        assertThat(conversations.list(other, id, first(10))).isEmpty();
        assertThat(conversations.item(other, id, ONE.id())).isEmpty();
        assertThat(conversations.remove(other, id, ONE.id())).isFalse();
        assertThat(conversations.delete(other, id)).isFalse();

        assertThat(conversations.find(owner, id)).contains(conversation);
        assertThat(itemsOf(conversation)).containsExactly(ONE);
    }

    // ---- items

    @Test
    void everyItemComesBackExactly() {
        List<Item> every = ItemFixture.everyItem();
        Conversation conversation = scene.conversation(every.toArray(Item[]::new));
        List<Item> more = ItemFixture.everyItem();

        assertThat(conversations.append(owner, conversation.id(), more)).isTrue();

        List<Item> all = new ArrayList<>(every);
        all.addAll(more);
        assertThat(itemsOf(conversation)).isEqualTo(all);
    }

    @Test
    void itemsAreInTheOrderInWhichTheyWereAdded() {
        Conversation conversation = scene.conversation(ONE, TWO);
        assertThat(conversations.append(owner, conversation.id(), List.of())).isTrue();
        assertThat(conversations.append(owner, conversation.id(), List.of(THREE)))
                .isTrue();

        assertThat(itemsOf(conversation)).containsExactly(ONE, TWO, THREE);
        assertThat(conversations.window(owner, conversation.id(), 2)).containsExactly(TWO, THREE);
        assertThat(conversations.window(owner, conversation.id(), Integer.MAX_VALUE))
                .hasSize(3);
        assertThat(conversations.window(owner, UNKNOWN, 2)).isEmpty();
        assertThat(conversations.append(owner, UNKNOWN, List.of(ONE))).isFalse();
    }

    @Test
    void whatWasThereBeforeATurnAddedItsOwnCanBeRead() {
        Conversation conversation = scene.conversation(ONE, TWO);
        Turn first = scene.respondedIn(conversation);
        conversations.append(owner, conversation.id(), List.of(THREE));
        Turn second = scene.respondedIn(conversation);

        List<Item> beforeSecond = new ArrayList<>(List.of(ONE, TWO));
        beforeSecond.addAll(TurnItems.of(first));
        beforeSecond.add(THREE);
        assertThat(conversations.windowBefore(owner, conversation.id(), second.id(), 100))
                .isEqualTo(beforeSecond);
        assertThat(conversations.windowBefore(owner, conversation.id(), second.id(), 1))
                .containsExactly(THREE);
        assertThat(conversations.windowBefore(owner, conversation.id(), first.id(), 100))
                .containsExactly(ONE, TWO);
        assertThat(conversations.windowBefore(owner, conversation.id(), someTurnId(), 100))
                .isEqualTo(itemsOf(conversation));
    }

    @Test
    void whatStillCountsBeginsWithTheLastItemThatStandsForAllBeforeIt() {
        Item early = new Item.Compacted(someId(), "sealed", "early");
        Item late = new Item.Compacted(someId(), "sealed", "late");
        Item nothing = new Item.Compacted(someId(), "sealed", "");
        Conversation conversation = scene.conversation(ONE, early, TWO);
        ConversationId id = conversation.id();

        assertThat(conversations.window(owner, id, 10)).containsExactly(early, TWO);

        conversations.append(owner, id, List.of(late, THREE, nothing));

        assertThat(conversations.window(owner, id, 10)).containsExactly(late, THREE, nothing);
        assertThat(conversations.window(owner, id, 1)).containsExactly(nothing);
        assertThat(itemsOf(conversation)).containsExactly(ONE, early, TWO, late, THREE, nothing);

        conversations.remove(owner, id, late.id());

        assertThat(conversations.window(owner, id, 10)).containsExactly(early, TWO, THREE, nothing);
    }

    @Test
    void aTurnThatPutsItsConversationIntoWordsAddsWhatStandsForIt() {
        Conversation conversation = scene.conversation(ONE);
        Turn first = scene.respondedIn(conversation);
        Turn summary = scene.compacted(new Origin.InConversation(conversation.id()), "All is well");
        Turn second = scene.respondedIn(conversation);

        List<Item> behind = new ArrayList<>(TurnItems.output(summary));
        assertThat(behind).hasSize(1);
        assertThat(conversations.windowBefore(owner, conversation.id(), second.id(), 100))
                .isEqualTo(behind);
        behind.addAll(TurnItems.of(second));
        assertThat(conversations.window(owner, conversation.id(), 100)).isEqualTo(behind);
        List<Item> before = new ArrayList<>(List.of(ONE));
        before.addAll(TurnItems.of(first));
        assertThat(conversations.windowBefore(owner, conversation.id(), summary.id(), 100))
                .isEqualTo(before);
    }

    @Test
    void whatWasThereBeforeATurnAddedItsOwnIsListedPageByPage() {
        Conversation conversation = scene.conversation(ONE, new Item.Compacted(someId(), "sealed", "early"), TWO);
        ConversationId id = conversation.id();
        Turn turn = scene.respondedIn(conversation);
        conversations.append(owner, id, List.of(THREE));

        assertThat(conversations.listBefore(owner, id, turn.id(), new ItemSlice(Optional.empty(), 2, true)))
                .map(Page::items)
                .hasValueSatisfying(page -> assertThat(page).hasSize(2).startsWith(TWO));
        assertThat(conversations.listBefore(owner, id, turn.id(), new ItemSlice(Optional.of(TWO.id()), 2, true)))
                .hasValueSatisfying(page -> assertThat(page.items()).hasSize(2).endsWith(ONE));
        assertThat(conversations.listBefore(owner, id, turn.id(), new ItemSlice(Optional.of(TWO.id()), 2, false)))
                .contains(new Page<>(List.of(), false));
        assertThat(conversations.listBefore(owner, id, turn.id(), first(2)))
                .hasValueSatisfying(page -> assertThat(page.hasMore()).isTrue());
        for (boolean newestFirst : List.of(true, false)) {
            ItemSlice behindOwn =
                    new ItemSlice(Optional.of(TurnItems.input(turn).getFirst().id()), 2, newestFirst);
            assertThat(conversations.listBefore(owner, id, turn.id(), behindOwn))
                    .isEmpty();
        }
        assertThat(conversations.listBefore(owner, id, someTurnId(), first(10)))
                .isEqualTo(conversations.list(owner, id, first(10)));
        assertThat(conversations.listBefore(owner, UNKNOWN, turn.id(), first(10)))
                .isEmpty();
        assertThat(conversations.listBefore(someOwner(), id, turn.id(), first(10)))
                .isEmpty();
    }

    @Test
    void itemsAreListedInBothDirectionsPageByPage() {
        Conversation conversation = scene.conversation(ONE, TWO, THREE);
        ConversationId id = conversation.id();

        assertThat(conversations.list(owner, id, first(2))).contains(new Page<>(List.of(ONE, TWO), true));
        assertThat(conversations.list(owner, id, new ItemSlice(Optional.of(TWO.id()), 2, false)))
                .contains(new Page<>(List.of(THREE), false));
        assertThat(conversations.list(owner, id, new ItemSlice(Optional.of(THREE.id()), 2, false)))
                .contains(new Page<>(List.of(), false));
        assertThat(conversations.list(owner, id, new ItemSlice(Optional.empty(), 2, true)))
                .contains(new Page<>(List.of(THREE, TWO), true));
        assertThat(conversations.list(owner, id, new ItemSlice(Optional.of(TWO.id()), 1, true)))
                .contains(new Page<>(List.of(ONE), false));
        assertThat(conversations.list(owner, id, first(3))).contains(new Page<>(List.of(ONE, TWO, THREE), false));
    }

    @Test
    void aListThatBeginsBehindNothingIsNone() {
        Conversation conversation = scene.conversation(ONE);
        Item elsewhere = said("elsewhere");
        scene.conversation(elsewhere);
        ConversationId empty = scene.conversation().id();

        assertThat(conversations.list(owner, UNKNOWN, first(2))).isEmpty();
        for (ItemId unknown : List.of(someId(), elsewhere.id())) {
            assertThat(conversations.list(owner, conversation.id(), new ItemSlice(Optional.of(unknown), 2, false)))
                    .isEmpty();
            assertThat(conversations.list(owner, conversation.id(), new ItemSlice(Optional.of(unknown), 2, true)))
                    .isEmpty();
        }
        assertThat(conversations.list(owner, empty, first(2))).contains(new Page<>(List.of(), false));
    }

    @Test
    void oneItemIsFoundAndRemovedAndItsPlaceIsNotUsedAgain() {
        Conversation conversation = scene.conversation(ONE, TWO);
        ConversationId id = conversation.id();
        assertThat(conversations.item(owner, id, TWO.id())).contains(TWO);

        assertThat(conversations.remove(owner, id, TWO.id())).isTrue();

        assertThat(conversations.item(owner, id, TWO.id())).isEmpty();
        assertThat(conversations.remove(owner, id, TWO.id())).isFalse();
        conversations.append(owner, id, List.of(THREE));
        assertThat(itemsOf(conversation)).containsExactly(ONE, THREE);
        ConversationId other = scene.conversation().id();
        assertThat(conversations.item(owner, other, ONE.id())).isEmpty();
        assertThat(conversations.remove(owner, other, ONE.id())).isFalse();
        assertThat(conversations.item(owner, UNKNOWN, ONE.id())).isEmpty();
    }

    @RepeatedTest(5)
    void whatSeveralAddAtOnceIsAllThereAndStaysTogether() {
        Conversation conversation = scene.conversation();
        List<List<Item>> batches = List.of(
                List.of(said("1a"), said("1b")), List.of(said("2a"), said("2b")), List.of(said("3a"), said("3b")));

        List<Boolean> outcomes = Together.run(batches.stream()
                .map(batch -> (Callable<Boolean>) () -> conversations.append(owner, conversation.id(), batch))
                .toList());

        assertThat(outcomes).containsOnly(true);
        assertThat(itemsOf(conversation)).hasSize(6);
        assertThat(batches)
                .allSatisfy(batch -> assertThat(itemsOf(conversation)).containsSequence(batch));
    }

    private List<Item> itemsOf(Conversation conversation) {
        return conversations
                .list(owner, conversation.id(), first(1_000))
                .map(Page::items)
                .orElse(List.of());
    }

    private static ItemSlice first(int limit) {
        return new ItemSlice(Optional.empty(), limit, false);
    }
}
