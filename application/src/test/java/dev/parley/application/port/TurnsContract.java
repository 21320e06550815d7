package dev.parley.application.port;

import static dev.parley.application.testing.StoreScene.LONG_AGO;
import static dev.parley.application.testing.StoreScene.someOwner;
import static dev.parley.application.testing.StoreScene.someTurnId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.Store;
import dev.parley.application.testing.StoreScene;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Owner;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import java.util.List;
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
}
