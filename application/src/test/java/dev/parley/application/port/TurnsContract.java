package dev.parley.application.port;

import static dev.parley.application.testing.ItemFixture.said;
import static dev.parley.application.testing.ItemFixture.someId;
import static dev.parley.application.testing.StoreScene.LONG_AGO;
import static dev.parley.application.testing.StoreScene.someOwner;
import static dev.parley.application.testing.StoreScene.someTurnId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Owner;
import dev.parley.domain.conversation.Conversation;
import dev.parley.domain.item.Item;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of turns does for its readers. The store may hold the data of other tests. */
public abstract class TurnsContract {

    private static final SessionId NO_SESSION = new SessionId("no such session");

    private Store store;
    private Turns turns;
    private StoreScene scene;
    private Owner owner;
    private SessionId session;

    /** A store, which may be the same one for all tests. */
    protected abstract Store store();

    @BeforeEach
    final void open() {
        store = store();
        turns = store.turns();
        scene = StoreScene.in(store);
        owner = scene.owner();
        session = scene.session().id();
    }

    @Test
    void aTurnIsFoundInWhateverStateItIs() {
        Turn completed = scene.completed();
        Turn awaiting = scene.awaitingInput();
        Turn running = scene.running();

        assertThat(turns.find(owner, session, completed.id())).contains(completed);
        assertThat(turns.find(owner, session, awaiting.id())).contains(awaiting);
        assertThat(turns.find(owner, session, running.id())).contains(running);
    }

    @Test
    void aTurnIsFoundInItsOwnSessionOnly() {
        Turn turn = scene.completed();
        StoreScene another = StoreScene.in(store, owner);

        assertThat(turns.find(owner, another.session().id(), turn.id())).isEmpty();
        assertThat(turns.find(owner, NO_SESSION, turn.id())).isEmpty();
        assertThat(turns.find(owner, session, new TurnId("no such turn"))).isEmpty();
        assertThat(turns.inSession(owner, another.session().id())).isEmpty();
        assertThat(turns.inSession(owner, another.session().id(), Set.of(turn.id())))
                .isEmpty();
        assertThat(turns.isLast(owner, another.session().id(), turn.id())).isFalse();
        assertThat(turns.before(owner, another.session().id(), turn.id(), 10)).isEmpty();
    }

    @Test
    void anotherOwnerSeesNothing() {
        Owner other = someOwner();
        scene.completed();
        Turn turn = scene.completed();

        assertThat(turns.find(other, session, turn.id())).isEmpty();
        assertThat(turns.isLast(other, session, turn.id())).isFalse();
        assertThat(turns.inSession(other, session)).isEmpty();
        assertThat(turns.inSession(other, session, Set.of(turn.id()))).isEmpty();
        assertThat(turns.before(other, session, turn.id(), 10)).isEmpty();
    }

    @Test
    void theLastTurnIsTheOneThatBeganLast() {
        Turn first = scene.completed();

        assertThat(turns.isLast(owner, session, first.id())).isTrue();

        Turn second = scene.running();

        assertThat(turns.isLast(owner, session, first.id())).isFalse();
        assertThat(turns.isLast(owner, session, second.id())).isTrue();
        assertThat(turns.isLast(owner, session, someTurnId())).isFalse();
        assertThat(turns.isLast(owner, NO_SESSION, second.id())).isFalse();
    }

    @Test
    void turnsAreInTheOrderInWhichTheyBeganWhateverTheirClocksSaid() {
        Turn first = scene.completed();
        Turn clockWentBack = scene.begun(TurnFixture.turn(session, LONG_AGO.minusSeconds(60)));
        clockWentBack = scene.moved(clockWentBack, TurnFixture.broke(clockWentBack));
        Turn sameInstant = scene.completed();

        assertThat(turns.inSession(owner, session)).containsExactly(first, clockWentBack, sameInstant);
        assertThat(turns.isLast(owner, session, sameInstant.id())).isTrue();
        assertThat(turns.before(owner, session, sameInstant.id(), 10)).containsExactly(first, clockWentBack);
        assertThat(turns.before(owner, session, clockWentBack.id(), 10)).containsExactly(first);
    }

    @Test
    void aSessionWithoutTurnsHasNone() {
        assertThat(turns.inSession(owner, session)).isEmpty();
        assertThat(turns.inSession(owner, NO_SESSION)).isEmpty();
    }

    @Test
    void onlyTheNamedTurnsAreReadAndUnknownNamesAreLeftOut() {
        Turn first = scene.completed();
        scene.completed();
        Turn third = scene.completed();

        assertThat(turns.inSession(owner, session, Set.of(third.id(), first.id(), someTurnId())))
                .containsExactly(first, third);
        assertThat(turns.inSession(owner, session, Set.of(someTurnId()))).isEmpty();
        assertThat(turns.inSession(owner, session, Set.of())).isEmpty();
    }

    @Test
    void theTurnsBeforeOneAreTheNearestOnesOldestFirst() {
        Turn first = scene.completed();
        Turn second = scene.completed();
        Turn third = scene.completed();
        Turn current = scene.running();

        assertThat(turns.before(owner, session, current.id(), 10)).containsExactly(first, second, third);
        assertThat(turns.before(owner, session, current.id(), 3)).containsExactly(first, second, third);
        assertThat(turns.before(owner, session, current.id(), 2)).containsExactly(second, third);
        assertThat(turns.before(owner, session, current.id(), 0)).isEmpty();
        assertThat(turns.before(owner, session, current.id(), Integer.MAX_VALUE))
                .hasSize(3);
        assertThat(turns.before(owner, session, second.id(), 10)).containsExactly(first);
        assertThat(turns.before(owner, session, first.id(), 10)).isEqualTo(List.of());
        assertThat(turns.before(owner, session, someTurnId(), 10)).isEmpty();
    }

    // ---- wherever they stand

    @Test
    void aTurnIsFoundByItsIdAloneWhereverItStands() {
        Turn inSession = scene.completed();
        Turn first = scene.respondedFirst();
        Turn after = scene.respondingAfter(first);
        Turn inConversation = scene.respondedIn(scene.conversation());

        for (Turn turn : List.of(inSession, first, after, inConversation)) {
            assertThat(turns.find(owner, turn.id())).contains(turn);
            assertThat(turns.find(someOwner(), turn.id())).isEmpty();
        }
        assertThat(turns.find(owner, someTurnId())).isEmpty();
        assertThat(turns.find(owner, session, first.id())).isEmpty();
        assertThat(turns.inSession(owner, session)).containsExactly(inSession);
    }

    @Test
    void theLineageIsTheTurnAndTheNearestOnesBeforeItOldestFirst() {
        Turn first = scene.respondedFirst();
        Turn second = scene.respondedAfter(first);
        Turn third = scene.respondingAfter(second);

        assertThat(turns.lineage(owner, third.id(), 10)).containsExactly(first, second, third);
        assertThat(turns.lineage(owner, third.id(), 3)).containsExactly(first, second, third);
        assertThat(turns.lineage(owner, third.id(), 2)).containsExactly(second, third);
        assertThat(turns.lineage(owner, third.id(), 1)).containsExactly(third);
        assertThat(turns.lineage(owner, third.id(), Integer.MAX_VALUE)).hasSize(3);
        assertThat(turns.lineage(owner, second.id(), 10)).containsExactly(first, second);
        assertThat(turns.lineage(owner, first.id(), 10)).containsExactly(first);
        assertThat(turns.lineage(owner, someTurnId(), 10)).isEmpty();
        assertThat(turns.lineage(someOwner(), third.id(), 10)).isEmpty();
    }

    @Test
    void turnsFormATreeAndTheLineageIsTheWayToItsRoot() {
        Turn root = scene.respondedFirst();
        Turn left = scene.respondedAfter(root);
        Turn right = scene.respondedAfter(root);
        Turn leftmost = scene.respondedAfter(left);
        Turn leftToo = scene.respondedAfter(left);
        Turn leftTooNext = scene.respondedAfter(leftToo);
        Turn rightNext = scene.respondedAfter(right);
        Turn third = scene.respondedAfter(root);

        assertThat(turns.lineage(owner, leftmost.id(), 10)).containsExactly(root, left, leftmost);
        assertThat(turns.lineage(owner, leftTooNext.id(), 10)).containsExactly(root, left, leftToo, leftTooNext);
        assertThat(turns.lineage(owner, leftTooNext.id(), 3)).containsExactly(left, leftToo, leftTooNext);
        assertThat(turns.lineage(owner, leftTooNext.id(), 2)).containsExactly(leftToo, leftTooNext);
        assertThat(turns.lineage(owner, rightNext.id(), 10)).containsExactly(root, right, rightNext);
        assertThat(turns.lineage(owner, third.id(), 10)).containsExactly(root, third);
    }

    @Test
    void aResponseAfterATurnOfASessionLeavesTheSessionAsItIs() {
        Turn first = scene.completed();
        Turn second = scene.completed();
        Turn response = scene.respondedAfter(second);
        Turn next = scene.respondedAfter(response);
        Turn third = scene.completed();

        assertThat(turns.inSession(owner, session)).containsExactly(first, second, third);
        assertThat(turns.isLast(owner, session, third.id())).isTrue();
        assertThat(turns.lineage(owner, next.id(), 10)).containsExactly(first, second, response, next);
        assertThat(turns.lineage(owner, third.id(), 10)).containsExactly(first, second, third);
    }

    @Test
    void whatCameBeforeATurnInAConversationIsNoTurn() {
        Conversation conversation = scene.conversation();
        scene.respondedIn(conversation);
        Turn second = scene.respondedIn(conversation);
        Turn after = scene.respondedAfter(second);
        Turn third = scene.respondedIn(conversation);

        assertThat(turns.lineage(owner, third.id(), 10)).containsExactly(third);
        assertThat(turns.lineage(owner, after.id(), 10)).containsExactly(second, after);
    }

    @Test
    void aLongLineWithAForkInItsMiddleIsReadWhole() {
        List<Turn> line = new ArrayList<>(List.of(scene.respondedFirst()));
        Turn rival = line.getFirst();
        while (line.size() < 1_000) {
            if (line.size() == 500) {
                rival = scene.respondedAfter(line.getLast());
            }
            line.add(scene.respondedAfter(line.getLast()));
        }

        TurnId last = line.getLast().id();
        assertThat(turns.lineage(owner, last, 2_000)).isEqualTo(line);
        assertThat(turns.lineage(owner, last, 700)).isEqualTo(line.subList(300, 1_000));
        assertThat(turns.lineage(owner, last, 20)).isEqualTo(line.subList(980, 1_000));
        assertThat(turns.lineage(owner, rival.id(), 501))
                .startsWith(line.getFirst())
                .endsWith(line.get(499), rival);
    }

    // ---- what still counts

    @Test
    void theLineageBeginsWithTheLastTurnThatStandsForAllBeforeIt() {
        Turn first = scene.respondedFirst();
        Turn early = scene.compactedAfter(first);
        Turn second = scene.respondedAfter(early);
        Turn late = scene.compactedAfter(second);
        Turn third = scene.respondedAfter(late);
        Turn fourth = scene.respondingAfter(third);

        assertThat(turns.lineage(owner, fourth.id(), 10)).containsExactly(late, third, fourth);
        assertThat(turns.lineage(owner, fourth.id(), 2)).containsExactly(third, fourth);
        assertThat(turns.lineage(owner, late.id(), 10)).containsExactly(late);
        assertThat(turns.lineage(owner, second.id(), 10)).containsExactly(early, second);
        assertThat(turns.lineage(owner, first.id(), 10)).containsExactly(first);
    }

    @Test
    void aSummaryThatWasGivenStandsForAllBeforeItFromTheBeginning() {
        Turn first = scene.respondedFirst();
        Turn given = scene.begun(TurnFixture.response(
                new Origin.AfterTurn(Optional.of(first.id())),
                new Item.Compacted(someId(), "sealed", "All is well"),
                said("How am I?")));

        assertThat(turns.lineage(owner, given.id(), 10)).containsExactly(given);

        given = scene.moved(given, TurnFixture.answered(given, "Hello"));
        Turn next = scene.respondedAfter(given);

        assertThat(turns.lineage(owner, next.id(), 10)).containsExactly(given, next);
    }

    @Test
    void whatCouldNotBePutIntoWordsStandsForNothing() {
        Turn first = scene.respondedFirst();
        Turn running = scene.begun(TurnFixture.compacting(new Origin.AfterTurn(Optional.of(first.id()))));

        assertThat(turns.lineage(owner, running.id(), 10)).containsExactly(first, running);

        Turn failed = scene.moved(running, TurnFixture.compacted(running, ""));
        Turn next = scene.respondedAfter(failed);

        assertThat(turns.lineage(owner, next.id(), 10)).containsExactly(first, failed, next);
    }

    @Test
    void aForkSeesTheSummaryOnItsOwnWayToTheRoot() {
        Turn root = scene.respondedFirst();
        Turn early = scene.respondedAfter(root);
        Turn summary = scene.compactedAfter(early);
        Turn late = scene.respondedAfter(summary);
        Turn last = scene.respondedAfter(late);
        Turn before = scene.respondedAfter(early);
        Turn beforeNext = scene.respondedAfter(before);
        Turn at = scene.respondedAfter(summary);
        Turn behind = scene.respondedAfter(late);
        Turn behindToo = scene.respondedAfter(behind);
        Turn behindFork = scene.respondedAfter(behind);

        assertThat(turns.lineage(owner, last.id(), 10)).containsExactly(summary, late, last);
        assertThat(turns.lineage(owner, beforeNext.id(), 10)).containsExactly(root, early, before, beforeNext);
        assertThat(turns.lineage(owner, at.id(), 10)).containsExactly(summary, at);
        assertThat(turns.lineage(owner, behindToo.id(), 10)).containsExactly(summary, late, behind, behindToo);
        assertThat(turns.lineage(owner, behindFork.id(), 10)).containsExactly(summary, late, behind, behindFork);
        assertThat(turns.lineage(owner, behindFork.id(), 2)).containsExactly(behind, behindFork);
    }

    @Test
    void aForkThatHasASummaryOfItsOwnNeedsNothingOfTheLineThatItLeft() {
        Turn root = scene.respondedFirst();
        Turn last = scene.respondedAfter(root);
        Turn fork = scene.respondedAfter(root);
        Turn summary = scene.compactedAfter(fork);
        Turn next = scene.respondedAfter(summary);

        assertThat(turns.lineage(owner, next.id(), 10)).containsExactly(summary, next);
        assertThat(turns.lineage(owner, last.id(), 10)).containsExactly(root, last);
    }

    @Test
    void whatASummaryStoodForCountsAgainWhenItIsDeleted() {
        Turn first = scene.respondedFirst();
        Turn summary = scene.compactedAfter(first);
        Turn third = scene.respondedAfter(summary);
        Turn fork = scene.respondedAfter(summary);

        turns.delete(owner, summary.id());

        assertThat(turns.lineage(owner, third.id(), 10)).containsExactly(first, third);
        assertThat(turns.lineage(owner, fork.id(), 10)).containsExactly(first, fork);
    }

    @Test
    void aSessionHasSummariesToo() {
        Turn first = scene.completed();
        Turn summary = scene.compacted(new Origin.InSession(session), "All is well");
        Turn second = scene.completed();
        Turn current = scene.running();
        Turn fork = scene.respondedAfter(second);

        assertThat(turns.before(owner, session, current.id(), 10)).containsExactly(summary, second);
        assertThat(turns.before(owner, session, current.id(), 1)).containsExactly(second);
        assertThat(turns.before(owner, session, current.id(), 0)).isEmpty();
        assertThat(turns.before(owner, session, second.id(), 10)).containsExactly(summary);
        assertThat(turns.before(owner, session, summary.id(), 10)).containsExactly(first);
        assertThat(turns.lineage(owner, fork.id(), 10)).containsExactly(summary, second, fork);
        assertThat(turns.inSession(owner, session)).containsExactly(first, summary, second, current);
    }

    @Test
    void theWholeLineageIsToldByItsIds() {
        Turn first = scene.respondedFirst();
        Turn summary = scene.compactedAfter(first);
        Turn third = scene.respondedAfter(summary);
        Turn fork = scene.respondedAfter(summary);

        assertThat(turns.wholeLineage(owner, third.id(), 10)).containsExactly(first.id(), summary.id(), third.id());
        assertThat(turns.wholeLineage(owner, fork.id(), 10)).containsExactly(first.id(), summary.id(), fork.id());
        assertThat(turns.wholeLineage(owner, fork.id(), 2)).containsExactly(summary.id(), fork.id());
        assertThat(turns.wholeLineage(owner, someTurnId(), 2)).isEmpty();
        assertThat(turns.wholeLineage(someOwner(), fork.id(), 10)).isEmpty();
    }

    @Test
    void theTurnsThatAreNamedAreReadInThatOrder() {
        Turn first = scene.respondedFirst();
        Turn other = scene.completed();
        Turn second = scene.respondedAfter(first);

        assertThat(turns.all(owner, List.of(second.id(), someTurnId(), other.id(), first.id())))
                .containsExactly(second, other, first);
        assertThat(turns.all(owner, List.of())).isEmpty();
        assertThat(turns.all(someOwner(), List.of(first.id()))).isEmpty();
    }

    // ---- deleting

    @Test
    void aTurnAtRestIsDeletedAndThoseAfterItStay() {
        Turn first = scene.respondedFirst();
        Turn second = scene.respondedAfter(first);
        Turn third = scene.respondedAfter(second);
        Turn fork = scene.respondedAfter(second);

        assertThat(turns.delete(owner, second.id())).isTrue();

        assertThat(turns.find(owner, second.id())).isEmpty();
        assertThat(turns.lineage(owner, second.id(), 10)).isEmpty();
        assertThat(turns.lineage(owner, third.id(), 10)).containsExactly(first, third);
        assertThat(turns.lineage(owner, fork.id(), 10)).containsExactly(first, fork);
        assertThat(turns.lineage(owner, fork.id(), 2)).containsExactly(first, fork);
        assertThat(turns.delete(owner, second.id())).isFalse();
        Turn next = scene.respondedAfter(third);
        assertThat(turns.lineage(owner, next.id(), 10)).containsExactly(first, third, next);
    }

    @Test
    void whatComesIntoThePlaceOfADeletedTurnIsNotBeforeThoseThatCameAfterThat() {
        Turn first = scene.respondedFirst();
        Turn second = scene.respondedAfter(first);
        Turn third = scene.respondedAfter(second);
        Turn fork = scene.respondedAfter(second);
        turns.delete(owner, third.id());
        turns.delete(owner, second.id());

        Turn other = scene.respondedAfter(first);

        assertThat(turns.lineage(owner, fork.id(), 10)).containsExactly(first, fork);
        assertThat(turns.lineage(owner, other.id(), 10)).containsExactly(first, other);
    }

    @Test
    void onlyTurnsAtRestAreDeletedAndOnlyByTheirOwner() {
        Turn first = scene.respondedFirst();
        Turn running = scene.respondingAfter(first);
        Turn queued = scene.begun(TurnFixture.queued(new Origin.AfterTurn(Optional.of(first.id()))));

        assertThat(turns.delete(owner, running.id())).isFalse();
        assertThat(turns.delete(owner, queued.id())).isFalse();
        assertThat(turns.delete(someOwner(), first.id())).isFalse();
        assertThat(turns.delete(owner, someTurnId())).isFalse();
        assertThat(turns.find(owner, first.id())).contains(first);
        assertThat(turns.find(owner, running.id())).contains(running);
    }

    @Test
    void aLineIsLeftWhenAllOfItsTurnsAreDeleted() {
        Turn first = scene.respondedFirst();
        Turn second = scene.respondedAfter(first);
        Turn fork = scene.respondedAfter(first);

        turns.delete(owner, first.id());
        turns.delete(owner, second.id());
        Turn next = scene.respondedAfter(fork);

        assertThat(turns.lineage(owner, next.id(), 10)).containsExactly(fork, next);
    }

    @Test
    void whatFollowsATurnOfASessionOutlivesTheSession() {
        Turn first = scene.completed();
        Turn response = scene.respondedAfter(first);

        store.sessions().delete(owner, scene.agent().id(), session);

        Turn next = scene.respondedAfter(response);
        assertThat(turns.lineage(owner, next.id(), 10)).containsExactly(response, next);
    }

    @Test
    void aTurnOfASessionIsDeletedToo() {
        Turn first = scene.completed();
        Turn second = scene.completed();

        assertThat(turns.delete(owner, second.id())).isTrue();

        Turn third = scene.completed();
        assertThat(turns.inSession(owner, session)).containsExactly(first, third);
    }
}
