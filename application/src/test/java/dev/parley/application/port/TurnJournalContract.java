package dev.parley.application.port;

import static dev.parley.application.testing.StoreScene.someOwner;
import static dev.parley.application.testing.TurnFixture.answered;
import static dev.parley.application.testing.TurnFixture.broke;
import static dev.parley.application.testing.TurnFixture.clientAnswered;
import static dev.parley.application.testing.TurnFixture.pickedUp;
import static dev.parley.application.testing.TurnFixture.queued;
import static dev.parley.application.testing.TurnFixture.response;
import static dev.parley.application.testing.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Conversations.ItemSlice;
import dev.parley.application.port.TurnJournal.Beginning;
import dev.parley.application.port.TurnJournal.Saving;
import dev.parley.application.testing.AgentFixture;
import dev.parley.application.testing.ItemFixture;
import dev.parley.application.testing.RichTurnFixture;
import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.Together;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.item.Item;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Observation;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every journal of turns does. The store may hold the data of other tests. */
public abstract class TurnJournalContract {

    private static final Optional<RequestKey> NAMELESS = Optional.empty();
    private static final Optional<RequestKey> NAMED =
            Optional.of(new RequestKey(AgentFixture.AWKWARD_TEXT, "the first body"));

    private static final Origin FIRST = new Origin.AfterTurn(Optional.empty());

    private Store store;
    private TurnJournal journal;
    private StoreScene scene;
    private Owner owner;
    private SessionId session;

    /** A store, which may be the same one for all tests. */
    protected abstract Store store();

    @BeforeEach
    final void open() {
        store = store();
        journal = store.journal();
        scene = StoreScene.in(store);
        owner = scene.owner();
        session = scene.session().id();
    }

    // ---- values

    @Test
    void everyValueOfATurnComesBackExactlyAfterEveryChange() {
        for (List<Turn> life : RichTurnFixture.everyLife(session)) {
            Turn turn = scene.begun(life.getFirst());
            assertThat(scene.stored(turn.id())).isEqualTo(turn);
            for (Turn next : life.subList(1, life.size())) {
                assertThat(journal.save(owner, turn, next)).isEqualTo(Saving.SAVED);
                assertThat(scene.stored(turn.id())).isEqualTo(next);
                turn = next;
            }
            assertThat(store.turns().inSession(owner, session)).endsWith(turn);
        }
    }

    @Test
    void everyValueOfAResponseComesBackExactlyAfterEveryChange() {
        Conversation conversation = scene.conversation();
        for (Origin origin : List.of(FIRST, new Origin.InConversation(conversation.id()))) {
            for (List<Turn> life : RichTurnFixture.everyLife(origin)) {
                Turn turn = scene.begun(life.getFirst());
                assertThat(scene.stored(turn.id())).isEqualTo(turn);
                for (Turn next : life.subList(1, life.size())) {
                    assertThat(journal.save(owner, turn, next)).isEqualTo(Saving.SAVED);
                    turn = next;
                }
                assertThat(scene.stored(turn.id())).isEqualTo(turn);
            }
        }
    }

    // ---- beginning

    @Test
    void aSessionRunsOneTurnAtATime() {
        Turn first = scene.running();
        Turn second = turn(session);

        assertThat(journal.begin(owner, second, NAMELESS)).isEqualTo(new Beginning.OriginBusy());
        assertThat(store.turns().inSession(owner, session)).containsExactly(first);

        scene.moved(first, answered(first, "Hello"));

        assertThat(journal.begin(owner, second, NAMELESS)).isEqualTo(new Beginning.Begun());
    }

    @Test
    void aTurnInAnyRestLetsTheNextOneBegin() {
        Turn completed = scene.completed();
        Turn awaiting = scene.awaitingInput();
        Turn failed = scene.running();
        failed = scene.moved(failed, broke(failed));
        Turn cancelled = scene.running();
        cancelled = scene.moved(cancelled, new Observation.CancelRequested(cancelled.later(StoreScene.LONG_AGO)));
        Turn next = scene.running();

        assertThat(store.turns().inSession(owner, session))
                .containsExactly(completed, awaiting, failed, cancelled, next);
    }

    @Test
    void sessionsDoNotWaitForEachOther() {
        Turn here = scene.running();
        StoreScene elsewhere = StoreScene.in(store, owner);
        Turn there = elsewhere.running();

        assertThat(scene.stored(here.id())).isEqualTo(here);
        assertThat(elsewhere.stored(there.id())).isEqualTo(there);
    }

    @Test
    void noTurnBeginsInASessionThatTheOwnerDoesNotHave() {
        SessionId unknown = new SessionId("no such session");
        Owner other = someOwner();

        assertThat(journal.begin(owner, turn(unknown), NAMELESS)).isEqualTo(new Beginning.NoOrigin());
        assertThat(journal.begin(other, turn(session), NAMELESS)).isEqualTo(new Beginning.NoOrigin());

        store.sessions().delete(owner, scene.agent().id(), session);
        assertThat(journal.begin(owner, turn(session), NAMELESS)).isEqualTo(new Beginning.NoOrigin());
        assertThat(store.turns().inSession(owner, unknown)).isEmpty();
        assertThat(store.turns().inSession(owner, session)).isEmpty();
    }

    @RepeatedTest(5)
    void ofSeveralThatBeginAtOnceInOneSessionOneDoes() {
        Callable<Beginning> attempt = () -> journal.begin(owner, turn(session), NAMELESS);

        List<Beginning> outcomes = Together.run(List.of(attempt, attempt, attempt, attempt));

        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        new Beginning.Begun(),
                        new Beginning.OriginBusy(),
                        new Beginning.OriginBusy(),
                        new Beginning.OriginBusy());
        assertThat(store.turns().inSession(owner, session)).hasSize(1);
    }

    // ---- beginning under a name

    @Test
    void aRequestOfAKnownNameGetsItsTurnAsItIsNow() {
        Turn turn = turn(session);
        assertThat(journal.begin(owner, turn, NAMED)).isEqualTo(new Beginning.Begun());

        assertThat(journal.begin(owner, turn(session), NAMED))
                .isEqualTo(new Beginning.AlreadyBegun(turn, NAMED.orElseThrow()));

        Turn rested = scene.moved(turn, answered(turn, "Hello"));
        assertThat(journal.begin(owner, turn(session), NAMED))
                .isEqualTo(new Beginning.AlreadyBegun(rested, NAMED.orElseThrow()));

        Turn later = scene.running();
        assertThat(journal.begin(owner, turn(session), NAMED))
                .isEqualTo(new Beginning.AlreadyBegun(rested, NAMED.orElseThrow()));
        assertThat(store.turns().inSession(owner, session)).containsExactly(rested, later);
    }

    @Test
    void anotherBodyUnderAKnownNameIsShownTheFirstRequest() {
        Turn turn = turn(session);
        journal.begin(owner, turn, NAMED);
        RequestKey other = new RequestKey(NAMED.orElseThrow().key(), "another body");

        assertThat(journal.begin(owner, turn(session), Optional.of(other)))
                .isEqualTo(new Beginning.AlreadyBegun(turn, NAMED.orElseThrow()));
    }

    @Test
    void aNameHoldsInItsSessionOnly() {
        journal.begin(owner, turn(session), NAMED);
        StoreScene sameOwner = StoreScene.in(store, owner);
        StoreScene stranger = StoreScene.in(store);

        assertThat(journal.begin(owner, turn(sameOwner.session().id()), NAMED)).isEqualTo(new Beginning.Begun());
        assertThat(journal.begin(stranger.owner(), turn(stranger.session().id()), NAMED))
                .isEqualTo(new Beginning.Begun());
    }

    @Test
    void aRequestThatDidNotBeginLeavesItsNameFree() {
        Turn first = scene.running();
        Turn second = turn(session);
        assertThat(journal.begin(owner, second, NAMED)).isEqualTo(new Beginning.OriginBusy());

        scene.moved(first, answered(first, "Hello"));

        assertThat(journal.begin(owner, second, NAMED)).isEqualTo(new Beginning.Begun());
    }

    @RepeatedTest(5)
    void ofSeveralThatBeginAtOnceUnderOneNameOneDoesAndTheOthersAreNotRefused() {
        Callable<Beginning> attempt = () -> journal.begin(owner, turn(session), NAMED);

        List<Beginning> outcomes = Together.run(List.of(attempt, attempt, attempt, attempt));

        Turn begun = store.turns().inSession(owner, session).getFirst();
        Beginning again = new Beginning.AlreadyBegun(begun, NAMED.orElseThrow());
        assertThat(outcomes).containsOnlyOnce(new Beginning.Begun());
        // who comes while the other's write is not yet visible may be told to try again
        assertThat(outcomes).isSubsetOf(new Beginning.Begun(), new Beginning.OriginBusy(), again);
        assertThat(attempt(attempt)).isEqualTo(again);
        assertThat(store.turns().inSession(owner, session)).hasSize(1);
    }

    // ---- beginning after a turn

    @Test
    void noTurnBeginsAfterOneThatTheOwnerDoesNotHave() {
        Turn deleted = scene.respondedFirst();
        Turn ofAnother = StoreScene.in(store).respondedFirst();
        store.turns().delete(owner, deleted.id());

        for (Turn missing : List.of(deleted, ofAnother, turn(session))) {
            Turn after = response(after(missing));
            assertThat(journal.begin(owner, after, NAMELESS)).isEqualTo(new Beginning.NoOrigin());
            assertThat(store.turns().find(owner, after.id())).isEmpty();
        }
    }

    @Test
    void noTurnBeginsAfterOneThatHasNotComeToRest() {
        Turn running = scene.respondingFirst();
        Turn queued = scene.begun(queued(FIRST));
        Turn inSession = scene.running();

        for (Turn busy : List.of(running, queued, inSession)) {
            assertThat(journal.begin(owner, response(after(busy)), NAMELESS)).isEqualTo(new Beginning.OriginBusy());
        }
        scene.moved(running, answered(running, "Hello"));
        assertThat(journal.begin(owner, response(after(running)), NAMELESS)).isEqualTo(new Beginning.Begun());
    }

    @Test
    void anyNumberOfTurnsRunAfterOne() {
        Turn parent = scene.respondedFirst();
        Turn one = scene.respondingAfter(parent);
        Turn other = scene.respondingAfter(parent);

        assertThat(scene.stored(one.id())).isEqualTo(one);
        assertThat(scene.stored(other.id())).isEqualTo(other);
    }

    @RepeatedTest(5)
    void ofSeveralThatBeginAtOnceAfterOneTurnAllDo() {
        Turn parent = scene.respondedFirst();
        List<Turn> children = List.of(
                response(after(parent)), response(after(parent)), response(after(parent)), response(after(parent)));

        List<Beginning> outcomes = Together.run(children.stream()
                .map(child -> (Callable<Beginning>) () -> journal.begin(owner, child, NAMELESS))
                .toList());

        assertThat(outcomes).containsOnly(new Beginning.Begun());
        assertThat(children)
                .allSatisfy(child ->
                        assertThat(store.turns().lineage(owner, child.id(), 10)).containsExactly(parent, child));
    }

    @RepeatedTest(5)
    void aTurnThatIsDeletedWhileAnotherBeginsAfterItHasAChildOrRefusesIt() {
        Turn parent = scene.respondedFirst();
        Turn child = response(after(parent));

        List<Object> outcomes = Together.run(List.of(
                () -> journal.begin(owner, child, NAMELESS), () -> store.turns().delete(owner, parent.id())));

        assertThat(outcomes.getLast()).isEqualTo(true);
        assertThat(outcomes.getFirst()).isIn(new Beginning.Begun(), new Beginning.NoOrigin());
        assertThat(store.turns().lineage(owner, child.id(), 10))
                .isEqualTo(outcomes.getFirst() instanceof Beginning.Begun ? List.of(child) : List.of());
    }

    // ---- beginning in a conversation

    @Test
    void aConversationHasOneTurnThatRunsOrWaits() {
        Origin origin = new Origin.InConversation(scene.conversation().id());
        Turn queued = scene.begun(queued(origin));
        Turn next = response(origin);
        assertThat(journal.begin(owner, next, NAMELESS)).isEqualTo(new Beginning.OriginBusy());

        Turn running = scene.moved(queued, pickedUp(queued));
        assertThat(journal.begin(owner, next, NAMELESS)).isEqualTo(new Beginning.OriginBusy());

        scene.moved(running, answered(running, "Hello"));
        assertThat(journal.begin(owner, next, NAMELESS)).isEqualTo(new Beginning.Begun());
    }

    @Test
    void noTurnBeginsInAConversationThatTheOwnerDoesNotHave() {
        Conversation deleted = scene.conversation();
        scene.respondedIn(deleted);
        store.conversations().delete(owner, deleted.id());
        Conversation ofAnother = StoreScene.in(store).conversation();

        for (Conversation missing : List.of(deleted, ofAnother)) {
            assertThat(journal.begin(owner, response(new Origin.InConversation(missing.id())), NAMELESS))
                    .isEqualTo(new Beginning.NoOrigin());
        }
    }

    // ---- beginning under a name outside of sessions

    @Test
    void aNameHoldsForAllTurnsOutsideOfSessions() {
        Turn first = response(FIRST);
        assertThat(journal.begin(owner, first, NAMED)).isEqualTo(new Beginning.Begun());
        Beginning again = new Beginning.AlreadyBegun(first, NAMED.orElseThrow());

        assertThat(journal.begin(owner, response(FIRST), NAMED)).isEqualTo(again);
        Turn parent = scene.respondedFirst();
        assertThat(journal.begin(owner, response(after(parent)), NAMED)).isEqualTo(again);
        Origin conversation = new Origin.InConversation(scene.conversation().id());
        assertThat(journal.begin(owner, response(conversation), NAMED)).isEqualTo(again);

        assertThat(journal.begin(owner, turn(session), NAMED)).isEqualTo(new Beginning.Begun());
        assertThat(journal.begin(StoreScene.in(store).owner(), response(FIRST), NAMED))
                .isEqualTo(new Beginning.Begun());
    }

    @RepeatedTest(5)
    void ofSeveralResponsesThatBeginAtOnceUnderOneNameOneDoes() {
        Turn parent = scene.respondedFirst();
        Callable<Beginning> attempt = () -> journal.begin(owner, response(after(parent)), NAMED);

        List<Beginning> outcomes = Together.run(List.of(attempt, attempt, attempt, attempt));

        assertThat(outcomes).containsOnlyOnce(new Beginning.Begun());
        assertThat(attempt(attempt)).isInstanceOf(Beginning.AlreadyBegun.class).isIn(outcomes);
    }

    // ---- what was begun under a name

    @Test
    void whatARequestHasBegunOutsideOfSessionsIsFoundByItsName() {
        Turn parent = scene.respondedFirst();
        Origin conversation = new Origin.InConversation(scene.conversation().id());
        Turn first = response(conversation);
        RequestKey name = NAMED.orElseThrow();
        assertThat(journal.begunBefore(owner, conversation, name)).isEmpty();
        journal.begin(owner, first, NAMED);
        var again = new Beginning.AlreadyBegun(first, name);
        RequestKey other = new RequestKey(name.key(), "another body");

        for (Origin origin : List.of(FIRST, after(parent), conversation, after(response(FIRST)))) {
            assertThat(journal.begunBefore(owner, origin, other)).contains(again);
        }
        assertThat(journal.begunBefore(owner, conversation, new RequestKey("another", "body")))
                .isEmpty();
        assertThat(journal.begunBefore(owner, new Origin.InSession(session), name))
                .isEmpty();
        assertThat(journal.begunBefore(someOwner(), conversation, name)).isEmpty();
        Turn rested = scene.moved(first, answered(first, "Hello"));
        assertThat(journal.begunBefore(owner, conversation, name)).contains(new Beginning.AlreadyBegun(rested, name));
    }

    @Test
    void whatARequestHasBegunInASessionIsFoundByItsNameThereAndAfterAnyOfItsTurns() {
        Turn earlier = scene.completed();
        Turn turn = turn(session);
        RequestKey name = NAMED.orElseThrow();
        journal.begin(owner, turn, NAMED);
        var again = new Beginning.AlreadyBegun(turn, name);

        assertThat(journal.begunBefore(owner, new Origin.InSession(session), name))
                .contains(again);
        assertThat(journal.begunBefore(owner, after(earlier), name)).contains(again);
        assertThat(journal.begunBefore(owner, FIRST, name)).isEmpty();
        StoreScene another = StoreScene.in(store, owner);
        assertThat(journal.begunBefore(owner, after(another.completed()), name)).isEmpty();
    }

    // ---- moving

    @Test
    void aTurnIsMovedOnceFromEachPlace() {
        Turn turn = scene.running();
        Turn answered = turn.observe(answered(turn, "Hello"));
        Turn broken = turn.observe(broke(turn));

        assertThat(journal.save(owner, turn, answered)).isEqualTo(Saving.SAVED);
        assertThat(journal.save(owner, turn, broken)).isEqualTo(Saving.LOST);
        assertThat(journal.save(owner, turn, answered)).isEqualTo(Saving.LOST);

        assertThat(scene.stored(turn.id())).isEqualTo(answered);
    }

    @RepeatedTest(5)
    void ofSeveralThatMoveOneTurnAtOnceOneDoes() {
        Turn turn = scene.awaitingInput();
        List<Turn> rivals = List.of(
                turn.observe(clientAnswered(turn, "1")),
                turn.observe(clientAnswered(turn, "2")),
                turn.observe(clientAnswered(turn, "3")));

        List<Saving> outcomes = Together.run(rivals.stream()
                .map(rival -> (Callable<Saving>) () -> journal.save(owner, turn, rival))
                .toList());

        assertThat(outcomes).containsExactlyInAnyOrder(Saving.SAVED, Saving.LOST, Saving.LOST);
        assertThat(scene.stored(turn.id())).isEqualTo(rivals.get(outcomes.indexOf(Saving.SAVED)));
    }

    @Test
    void aTurnThatWasNeverBegunIsNotMoved() {
        Turn turn = turn(session);

        assertThat(journal.save(owner, turn, turn.observe(answered(turn, "Hello"))))
                .isEqualTo(Saving.LOST);
        assertThat(store.turns().find(owner, session, turn.id())).isEmpty();
    }

    @Test
    void anotherOwnerMovesNothing() {
        Turn turn = scene.running();

        assertThat(journal.save(someOwner(), turn, turn.observe(answered(turn, "Hello"))))
                .isEqualTo(Saving.LOST);
        assertThat(scene.stored(turn.id())).isEqualTo(turn);
    }

    @Test
    void aTurnWhoseSessionWasDeletedIsNotMoved() {
        Turn turn = scene.running();
        store.sessions().delete(owner, scene.agent().id(), session);

        assertThat(journal.save(owner, turn, turn.observe(answered(turn, "Hello"))))
                .isEqualTo(Saving.LOST);
        assertThat(store.turns().inSession(owner, session)).isEmpty();
    }

    @Test
    void aRestingTurnThatRunsAgainIsTheRunningOneOfItsSession() {
        Turn turn = scene.awaitingInput();
        Turn resumed = scene.moved(turn, clientAnswered(turn, "118/79"));

        assertThat(journal.begin(owner, turn(session), NAMELESS)).isEqualTo(new Beginning.OriginBusy());

        Turn completed = scene.moved(resumed, answered(resumed, "You are well."));
        assertThat(scene.stored(turn.id())).isEqualTo(completed);
        assertThat(journal.begin(owner, turn(session), NAMELESS)).isEqualTo(new Beginning.Begun());
    }

    @Test
    void aRestingTurnDoesNotRunAgainBesideAnotherOne() {
        Turn resting = scene.awaitingInput();
        Turn running = scene.running();

        assertThat(journal.save(owner, resting, resting.observe(clientAnswered(resting, "118/79"))))
                .isEqualTo(Saving.SESSION_BUSY);

        assertThat(store.turns().inSession(owner, session)).containsExactly(resting, running);
    }

    @Test
    void aRestingTurnDoesNotRunAgainOnceThereIsALaterOne() {
        Turn resting = scene.awaitingInput();
        Turn later = scene.completed();

        assertThat(journal.save(owner, resting, resting.observe(clientAnswered(resting, "118/79"))))
                .isEqualTo(Saving.LOST);

        assertThat(store.turns().inSession(owner, session)).containsExactly(resting, later);
    }

    @Test
    void anOlderTurnMayStillBeMovedFromRestToRest() {
        Turn awaiting = scene.awaitingInput();
        Turn running = scene.running();

        Turn cancelled = scene.moved(awaiting, new Observation.CancelRequested(awaiting.later(StoreScene.LONG_AGO)));

        assertThat(store.turns().inSession(owner, session)).containsExactly(cancelled, running);
    }

    @RepeatedTest(5)
    void ofOneThatRunsAgainAndOneThatBeginsAtOnceOneRuns() {
        Turn resting = scene.awaitingInput();
        Turn resumed = resting.observe(clientAnswered(resting, "118/79"));

        List<Boolean> won = Together.run(List.of(
                () -> journal.save(owner, resting, resumed) == Saving.SAVED,
                () -> journal.begin(owner, TurnFixture.turn(session), NAMELESS) instanceof Beginning.Begun));

        assertThat(won).containsExactlyInAnyOrder(true, false);
        assertThat(store.turns().inSession(owner, session)).hasSize(won.getFirst() ? 1 : 2);
    }

    private static <T> T attempt(Callable<T> attempt) {
        return Together.run(List.of(attempt)).getFirst();
    }

    @Test
    void aQueuedTurnIsPickedUpOnce() {
        Turn queued = scene.begun(queued(FIRST));
        assertThat(scene.stored(queued.id())).isEqualTo(queued);
        Turn running = queued.observe(pickedUp(queued));

        List<Saving> outcomes = Together.run(
                List.of(() -> journal.save(owner, queued, running), () -> journal.save(owner, queued, running)));

        assertThat(outcomes).containsExactlyInAnyOrder(Saving.SAVED, Saving.LOST);
        assertThat(scene.stored(queued.id())).isEqualTo(running);
    }

    @Test
    void aQueuedTurnIsEndedAsFailedOnce() {
        Turn queued = scene.begun(queued(FIRST));
        Observation.Broke broke = broke(queued);
        Callable<Saving> attempt =
                () -> journal.fail(owner, queued.id(), queued.revision(), broke.failure(), broke.at());

        List<Saving> outcomes = Together.run(List.of(attempt, attempt));

        assertThat(outcomes).containsExactlyInAnyOrder(Saving.SAVED, Saving.LOST);
        assertThat(scene.stored(queued.id())).isEqualTo(queued.observe(broke));
    }

    // ---- what a turn adds to its conversation

    @Test
    void aTurnAddsWhatItWasGivenAndHasToldWhenItComesToRest() {
        Item there = ItemFixture.said("I was here before");
        Conversation conversation = scene.conversation(there);
        Turn turn = scene.begun(response(new Origin.InConversation(conversation.id())));
        assertThat(itemsOf(conversation)).containsExactly(there);

        Turn completed = scene.moved(turn, answered(turn, "Hello"));

        List<Item> all = new ArrayList<>(List.of(there));
        all.addAll(TurnItems.of(completed));
        assertThat(all).hasSize(3);
        assertThat(itemsOf(conversation)).isEqualTo(all);
        assertThat(store.conversations().windowBefore(owner, conversation.id(), turn.id(), 10))
                .containsExactly(there);
        all.addAll(TurnItems.of(scene.respondedIn(conversation)));
        assertThat(itemsOf(conversation)).isEqualTo(all);
    }

    @Test
    void aTurnThatFailedAddsWhatItWasGiven() {
        Conversation conversation = scene.conversation();
        Turn turn = scene.begun(response(new Origin.InConversation(conversation.id())));

        Turn failed = scene.moved(turn, broke(turn));

        assertThat(itemsOf(conversation)).isEqualTo(TurnItems.input(failed)).hasSize(1);
    }

    @Test
    void aMoveThatIsLostAddsNothing() {
        Conversation conversation = scene.conversation();
        Turn turn = scene.begun(response(new Origin.InConversation(conversation.id())));
        Turn failed = turn.observe(broke(turn));
        assertThat(journal.save(someOwner(), turn, failed)).isEqualTo(Saving.LOST);
        assertThat(itemsOf(conversation)).isEmpty();
        Turn completed = scene.moved(turn, answered(turn, "Hello"));

        assertThat(journal.save(owner, turn, failed)).isEqualTo(Saving.LOST);

        assertThat(itemsOf(conversation)).isEqualTo(TurnItems.of(completed));
    }

    @Test
    void aTurnWhoseConversationWasDeletedComesToRestAllTheSame() {
        Conversation conversation = scene.conversation();
        Turn turn = scene.begun(response(new Origin.InConversation(conversation.id())));
        store.conversations().delete(owner, conversation.id());

        Turn completed = scene.moved(turn, answered(turn, "Hello"));

        assertThat(scene.stored(turn.id())).isEqualTo(completed);
        assertThat(itemsOf(conversation)).isEmpty();
    }

    @RepeatedTest(5)
    void whatATurnAddsAndWhatAClientAddsAtOnceIsAllThere() {
        Conversation conversation = scene.conversation();
        Turn turn = scene.begun(response(new Origin.InConversation(conversation.id())));
        Turn completed = turn.observe(answered(turn, "Hello"));
        Item one = ItemFixture.said("one");
        Item two = ItemFixture.said("two");

        List<Boolean> outcomes = Together.run(List.of(
                () -> journal.save(owner, turn, completed) == Saving.SAVED,
                () -> store.conversations().append(owner, conversation.id(), List.of(one, two))));

        assertThat(outcomes).containsOnly(true);
        assertThat(itemsOf(conversation))
                .hasSize(4)
                .containsSubsequence(TurnItems.of(completed))
                .containsSubsequence(one, two);
    }

    private List<Item> itemsOf(Conversation conversation) {
        return store.conversations()
                .list(owner, conversation.id(), new ItemSlice(Optional.empty(), 100, false))
                .map(Page::items)
                .orElse(List.of());
    }

    private static Origin after(Turn turn) {
        return new Origin.AfterTurn(Optional.of(turn.id()));
    }
}
