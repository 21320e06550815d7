package dev.parley.application.turn;

import static dev.parley.application.testing.AgentFixture.config;
import static dev.parley.application.testing.AgentFixture.tool;
import static dev.parley.application.testing.ModelScript.calls;
import static dev.parley.application.testing.ModelScript.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Replicas;
import dev.parley.application.port.TurnSink;
import dev.parley.application.testing.Chat;
import dev.parley.application.testing.Patient;
import dev.parley.application.testing.RecordingSink;
import dev.parley.application.testing.ScriptedApplication;
import dev.parley.application.testing.ScriptedInference;
import dev.parley.application.testing.SteppingClock;
import dev.parley.application.testing.TurnFixture;
import dev.parley.domain.Refusal;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecoverTurnsTest {

    private static final ToolCall SEARCH = new ToolCall("call_s", "search", new ToolArguments.Json("{}"));

    private final ScriptedApplication here = new ScriptedApplication();
    private final ScriptedApplication there = here.another();

    @Test
    void theTurnOfADeadProcessIsMarkedWithItsStepsKeptAndItsSessionGoesOn() {
        there.tools().tool("web", "search", "found");
        there.model().then(calls(SEARCH));
        ScriptedInference.Gate gate = there.model().thenWaitAndSay("too late");
        Chat chat = there.chat(
                config(List.of(tool("measure")), List.of(new ToolGroup("web", Optional.empty())), List.of()));
        RecordingSink sink = new RecordingSink();
        Future<Turn> driven = Patient.start(() -> chat.say("Hi", sink));
        gate.awaitReached();
        there.store().stopHeart();

        assertThat(here.recoverTurns().recover()).isOne();
        assertThat(here.recoverTurns().recover()).isZero();

        Turn marked = chat.stored().getFirst();
        assertThat(marked.steps()).hasSize(2);
        assertThat(marked.state())
                .isInstanceOfSatisfying(
                        TurnState.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(Failure.Code.INTERRUPTED));
        here.tools().tool("web", "search", "found");
        here.model().then(says("Hello"));
        assertThat(chat.through(here).say("Hi again").state()).isInstanceOf(TurnState.Completed.class);

        gate.open();
        assertThatThrownBy(() -> Patient.get(driven))
                .isInstanceOfSatisfying(
                        Refusal.class, lost -> assertThat(lost.code()).isEqualTo(Refusal.Code.CONFLICT));
        assertThat(sink.lines()).endsWith("3 started: INFERENCE", "3 text: too late");
        assertThat(chat.stored().getFirst()).isEqualTo(marked);
    }

    @Test
    void theRunningTurnsOfLivingProcessesAreLeftAlone() {
        ScriptedInference.Gate gateHere = here.model().thenWaitAndSay("Hello from here");
        ScriptedInference.Gate gateThere = there.model().thenWaitAndSay("Hello from there");
        Chat chatHere = here.chat(config());
        Chat chatThere = there.chat(config());
        Future<Turn> drivenHere = Patient.start(() -> chatHere.say("Hi"));
        Future<Turn> drivenThere = Patient.start(() -> chatThere.say("Hi"));
        gateHere.awaitReached();
        gateThere.awaitReached();

        assertThat(here.recoverTurns().recover()).isZero();
        assertThat(there.recoverTurns().recover()).isZero();

        gateHere.open();
        gateThere.open();
        assertThat(Patient.get(drivenHere).state()).isInstanceOf(TurnState.Completed.class);
        assertThat(Patient.get(drivenThere).state()).isInstanceOf(TurnState.Completed.class);
    }

    @Test
    void aTurnThatBeganWhileTheStoreWasAskedIsLeftAlone() {
        here.model().then(says("Hello"));
        Chat chat = here.chat(config());
        List<Turn> begun = new ArrayList<>();
        List<RunningTurns.Run> runs = new ArrayList<>();
        Replicas racing = new AfterAsking(here.store(), () -> {
            Turn turn = TurnFixture.turn(chat.session());
            runs.add(here.running().enter(turn.id(), new Cancellation()));
            here.store().begin(chat.owner(), turn, Optional.empty());
            begun.add(turn);
        });

        int marked = new RecoverTurns(racing, here.store(), here.running(), new SteppingClock()).recover();

        assertThat(marked).isZero();
        assertThat(chat.stored()).isEqualTo(begun);
        runs.forEach(RunningTurns.Run::close);
    }

    @Test
    void everyAbandonedTurnIsMarkedHoweverManyThereAre() {
        for (int count = 0; count < 250; count++) {
            abandon(there);
        }
        there.store().stopHeart();

        assertThat(here.recoverTurns().recover()).isEqualTo(250);
    }

    @Test
    void aTurnThatCannotBeMarkedKeepsNoOtherFromBeingMarked() {
        for (int count = 0; count < 3; count++) {
            abandon(there);
        }
        there.store().stopHeart();
        here.journal().failSave();

        assertThat(here.recoverTurns().recover()).isEqualTo(2);
        assertThat(here.recoverTurns().recover()).isOne();
    }

    @Test
    void turnsThatCanNeverBeMarkedDoNotHoldThisProcessUp() {
        for (int count = 0; count < 100; count++) {
            abandon(there);
            here.journal().failSave();
        }
        there.store().stopHeart();

        assertThat(here.recoverTurns().recover()).isZero();
    }

    @Test
    void recoveringSaysThatThisProcessLives() {
        here.store().stopHeart();
        Chat chat = here.chat(config());
        ScriptedInference.Gate gate = here.model().thenWaitAndSay("Hello");
        Future<Turn> driven = Patient.start(() -> chat.say("Hi"));
        gate.awaitReached();

        here.recoverTurns().recover();

        assertThat(there.recoverTurns().recover()).isZero();
        gate.open();
        assertThat(Patient.get(driven).state()).isInstanceOf(TurnState.Completed.class);
    }

    /** Leaves a turn running that nobody drives. */
    private static void abandon(ScriptedApplication application) {
        Chat chat = application.chat(config());
        application.journal().failSave();
        application.model().then(says("lost"));
        assertThatThrownBy(() -> chat.say("Hi", TurnSink.DISCARDING)).isNotNull();
    }

    /** Does something between the moment at which the driven turns were counted and that at which the store looks. */
    private record AfterAsking(Replicas replicas, Runnable action) implements Replicas {

        @Override
        public void beat() {
            replicas.beat();
        }

        @Override
        public List<Abandoned> abandoned(Set<TurnId> driven, int limit) {
            action.run();
            return replicas.abandoned(driven, limit);
        }

        @Override
        public void leave() {
            replicas.leave();
        }
    }
}
