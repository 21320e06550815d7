package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.turn.ObservationFixture.modelAnswered;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.play;
import static dev.parley.domain.turn.TurnFixture.STARTED_AT;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemFixture;
import dev.parley.domain.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TurnTest {

    @Nested
    class Beginning {

        @Test
        void needsAMessage() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> turn(TurnFixture.TURN, SpecFixture.spec().build()));
        }

        @Test
        void isInWholeMicroseconds() {
            Turn turn = Turn.begin(
                    TurnFixture.TURN,
                    new Origin.InSession(TurnFixture.SESSION),
                    SpecFixture.spec().build(),
                    new TurnInput.Messages(List.of(Message.User.of("Hi")), List.of()),
                    STARTED_AT.plusNanos(999));

            assertThat(turn.startedAt()).isEqualTo(STARTED_AT);
        }
    }

    @Nested
    class WithoutAnAnswer {

        @Test
        void isCompleteAndHasToldNothing() {
            Turn begun = play().turn();

            Turn rested = begun.restUnanswered(begun.later(begun.startedAt()));

            assertThat(rested.state()).isEqualTo(new TurnState.Completed(Message.Assistant.of("")));
            assertThat(TurnItems.output(rested)).isEmpty();
            assertThat(rested.factsSince(begun)).containsExactly(new TurnEvent.TurnRested(rested));
        }

        @Test
        void isNoneThatHasGoneOn() {
            Turn said = play().says("Hello").turn();

            assertThatThrownBy(() -> said.restUnanswered(said.later(said.startedAt())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class ItsFacts {

        @Test
        void areTheStepsThatAreNew() {
            Turn before = play().turn();
            Turn after = TurnPlay.of(before).calls(MEASURE, SEARCH).turn();

            assertThat(after.factsSince(before))
                    .containsExactly(new TurnEvent.StepCompleted(
                            after.id(), StepId.of(after.id(), 0), after.steps().getFirst()));
        }

        @Test
        void endWithTheRest() {
            Turn before = play().turn();
            Turn after = TurnPlay.of(before).says("Hello").turn();

            assertThat(after.factsSince(before))
                    .containsExactly(
                            new TurnEvent.StepCompleted(
                                    after.id(),
                                    StepId.of(after.id(), 0),
                                    after.steps().getFirst()),
                            new TurnEvent.TurnRested(after));
        }

        @Test
        void areNoneForWhoKnowsTheTurn() {
            Turn turn = play().says("Hello").turn();

            assertThat(turn.factsSince(turn)).isEmpty();
        }
    }

    @Nested
    class ItsTimes {

        @Test
        void areTheClocksWhenTheClockHasGoneOn() {
            Instant clock = STARTED_AT.plusSeconds(5).plusNanos(999);

            assertThat(play().turn().later(clock)).isEqualTo(STARTED_AT.plusSeconds(5));
        }

        @Test
        void goOnWhenTheClockStandsStillOrGoesBack() {
            Turn turn = play().turn();
            Turn rested = TurnPlay.of(turn).says("Hello").turn();

            assertThat(turn.later(STARTED_AT)).isEqualTo(STARTED_AT.plusNanos(1_000));
            assertThat(turn.later(STARTED_AT.minusSeconds(60))).isEqualTo(STARTED_AT.plusNanos(1_000));
            assertThat(rested.restedAt())
                    .hasValueSatisfying(restedAt ->
                            assertThat(rested.later(STARTED_AT)).isEqualTo(restedAt.plus(Duration.ofNanos(1_000))));
        }

        @Test
        void mayNotBeThoseOfThePast() {
            Turn turn = play().turn();
            Turn awaiting = TurnPlay.of(turn).calls(MEASURE).turn();
            Instant atOnce = awaiting.restedAt().orElseThrow();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> turn.observe(new Observation.ModelAnswered(
                            calls(MEASURE), Optional.empty(), new Period(STARTED_AT, STARTED_AT.plusSeconds(1)))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> awaiting.observe(new Observation.CancelRequested(atOnce)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> awaiting.observe(new Observation.ClientAnswered(List.of(MEASURED), atOnce)));
        }
    }

    @Test
    void whatIsUnexpectedSaysWhatWasExpected() {
        Turn turn = play().says("Hello").turn();

        assertThatExceptionOfType(UnexpectedObservation.class)
                .isThrownBy(() -> turn.observe(modelAnswered(turn, calls(MEASURE))))
                .withMessageContaining("is Completed and next is Rest, so it cannot observe ModelAnswered");
    }

    @Test
    void standsForAllBeforeWhereItWasGivenOrHasMadeASummary() {
        assertThat(TurnFixture.compactedResponse("They said hi.").standsForAllBefore())
                .isTrue();
        assertThat(given(ItemFixture.compacted("They said hi."), ItemFixture.user("So?"))
                        .standsForAllBefore())
                .isTrue();
        assertThat(TurnFixture.compactedResponse("").standsForAllBefore()).isFalse();
        assertThat(given(ItemFixture.compacted(""), ItemFixture.compactionTrigger())
                        .standsForAllBefore())
                .isFalse();
        assertThat(play().says("Hello").turn().standsForAllBefore()).isFalse();
    }

    private static Turn given(Item... items) {
        return TurnFixture.responseTurn(SpecFixture.response().build(), items);
    }

    @Test
    void itsTokensAreThoseOfAllThatAModelWasAsked() {
        Turn begun = play().turn();
        Turn uncounted = begun.observe(
                new Observation.ModelAnswered(calls(MEASURE), Optional.empty(), TurnFixture.periodAfter(begun)));

        assertThat(play().calls(SEARCH).toolRuns("60").says("Sixty.").turn().usage())
                .hasValue(new Usage(240, 200, 24, 10));
        assertThat(TurnFixture.compactedResponse("text").usage()).hasValue(new Usage(240, 200, 24, 10));
        assertThat(uncounted.usage()).isEmpty();
    }

    @Test
    void aStepHasTheTokensThatItTook() {
        Turn turn = play().says("Hello").turn();

        assertThat(turn.steps().getFirst())
                .isInstanceOfSatisfying(
                        Step.Inference.class,
                        inference -> assertThat(inference.usage()).hasValue(ObservationFixture.USAGE));
    }
}
