package dev.parley.application.port;

import static dev.parley.application.testing.ItemFixture.said;
import static dev.parley.application.testing.ItemFixture.someId;
import static dev.parley.application.testing.StoreScene.someOwner;
import static dev.parley.application.testing.TurnFixture.answered;
import static dev.parley.application.testing.TurnFixture.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every store finds items by their ids, wherever they are. The store may hold the data of other tests. */
public abstract class ItemsContract {

    private static final Origin FIRST = new Origin.AfterTurn(Optional.empty());

    private Store store;
    private Items items;
    private StoreScene scene;
    private Owner owner;

    /** A store, which may be the same one for all tests. */
    protected abstract Store store();

    @BeforeEach
    final void open() {
        store = store();
        items = store.items();
        scene = StoreScene.in(store);
        owner = scene.owner();
    }

    @Test
    void whatATurnWasGivenAndHasToldIsFound() {
        for (Turn turn : List.of(scene.completed(), scene.awaitingInput(), scene.respondedFirst())) {
            List<Item> all = TurnItems.of(turn);
            assertThat(all).hasSize(2);
            assertThat(found(all)).isEqualTo(byId(all));
        }
    }

    @Test
    void whatARunningTurnWasGivenIsFound() {
        Turn turn = scene.respondingFirst();

        assertThat(found(TurnItems.of(turn))).isEqualTo(byId(TurnItems.of(turn)));
    }

    @Test
    void anIdThatAClientHasMadeIsFoundInTheTurnsThatHaveIt() {
        Item brought = said("brought");
        Item same = said(brought.id(), "brought");
        Turn first = scene.begun(response(FIRST, brought, said("other")));
        Turn second = scene.begun(response(FIRST, same));
        first = scene.moved(first, answered(first, "Hello"));

        assertThat(found(List.of(brought))).isEqualTo(byId(List.of(brought)));
        store.turns().delete(owner, first.id());
        assertThat(found(List.of(brought))).isEqualTo(byId(List.of(same)));
        second = scene.moved(second, answered(second, "Hello"));
        store.turns().delete(owner, second.id());
        assertThat(found(List.of(brought))).isEmpty();
    }

    @Test
    void whatOneTurnHasToldIsFoundInAnotherThatItWasGivenTo() {
        Turn first = scene.respondedFirst();
        Item told = TurnItems.output(first).getFirst();
        scene.begun(response(FIRST, told));

        store.turns().delete(owner, first.id());

        assertThat(found(List.of(told))).isEqualTo(byId(List.of(told)));
    }

    @Test
    void whatIsInAConversationIsFound() {
        Item item = said("in a conversation");
        Conversation conversation = scene.conversation(item);
        Turn turn = scene.respondedIn(conversation);
        Item told = TurnItems.output(turn).getFirst();

        assertThat(found(List.of(item, told))).isEqualTo(byId(List.of(item, told)));
        store.turns().delete(owner, turn.id());
        assertThat(found(List.of(item, told))).isEqualTo(byId(List.of(item, told)));
        store.conversations().remove(owner, conversation.id(), told.id());
        assertThat(found(List.of(item, told))).isEqualTo(byId(List.of(item)));
    }

    @Test
    void whatIsFoundIsFoundAtOnceAndUnknownIdsAreLeftOut() {
        Turn turn = scene.completed();
        Item brought = said("brought");
        scene.begun(response(FIRST, brought));
        Item kept = said("kept");
        scene.conversation(kept);
        List<Item> all = List.of(TurnItems.output(turn).getFirst(), brought, kept);
        Set<ItemId> asked = new HashSet<>(byId(all).keySet());
        asked.add(someId());
        asked.add(ItemId.ofOutput("msg", turn.id(), 7, 0));
        asked.add(ItemId.ofInput("msg", StoreScene.someTurnId(), 0));

        assertThat(items.find(owner, asked)).isEqualTo(byId(all));
        assertThat(items.find(owner, Set.of())).isEmpty();
    }

    @Test
    void anotherOwnerFindsNothing() {
        Item brought = said("brought");
        scene.begun(response(FIRST, brought));
        Item kept = said("kept");
        scene.conversation(kept);
        Item told = TurnItems.output(scene.completed()).getFirst();

        assertThat(items.find(someOwner(), Set.of(brought.id(), kept.id(), told.id())))
                .isEmpty();
    }

    @Test
    void theTurnsThatMayHaveAnItemAreToldByItsId() {
        Item brought = said("brought");
        Turn first = scene.begun(response(FIRST, brought));
        Turn second = scene.begun(response(FIRST, said(brought.id(), "brought"), said("other")));
        Turn told = scene.respondedFirst();
        Item answer = TurnItems.output(told).getFirst();
        Turn third = scene.begun(response(FIRST, answer));

        assertThat(items.holders(owner, brought.id())).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(items.holders(owner, answer.id())).containsExactlyInAnyOrder(told.id(), third.id());
        assertThat(items.holders(owner, someId())).isEmpty();
        assertThat(items.holders(someOwner(), brought.id())).isEmpty();
    }

    private Map<ItemId, Item> found(List<Item> asked) {
        return items.find(owner, byId(asked).keySet());
    }

    private static Map<ItemId, Item> byId(List<Item> all) {
        Map<ItemId, Item> byId = new HashMap<>();
        all.forEach(item -> byId.put(item.id(), item));
        return byId;
    }
}
