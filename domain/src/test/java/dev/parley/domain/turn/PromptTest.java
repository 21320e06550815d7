package dev.parley.domain.turn;

import static dev.parley.domain.message.MessageFixture.calls;
import static dev.parley.domain.message.MessageFixture.says;
import static dev.parley.domain.message.MessageFixture.thinks;
import static dev.parley.domain.turn.PromptFixture.answer;
import static dev.parley.domain.turn.PromptFixture.asking;
import static dev.parley.domain.turn.PromptFixture.play;
import static dev.parley.domain.turn.PromptFixture.unanswered;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.MEASURED;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static dev.parley.domain.turn.SampleTools.withTools;
import static dev.parley.domain.turn.TurnFixture.TURN;
import static dev.parley.domain.turn.TurnFixture.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Message;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PromptTest {

    @Test
    void theInstructionsComeFirst() {
        Turn before = play("What is up?").says("Nothing.").turn();
        Turn now = turn(TURN, withTools().instructions("Be brief.").build(), Message.User.of("Really?"));

        assertThat(Prompt.of(List.of(before), now))
                .containsExactly(
                        new Message.System("Be brief."),
                        Message.User.of("What is up?"),
                        says("Nothing."),
                        Message.User.of("Really?"));
    }

    @Test
    void withoutInstructionsThereIsNoSystemMessage() {
        assertThat(Prompt.of(List.of(), asking("Hi"))).containsExactly(Message.User.of("Hi"));
    }

    @Test
    void theInstructionsOfEarlierTurnsAreGone() {
        Turn before = TurnPlay.of(turn(withTools().instructions("Be verbose.").build()))
                .says("Hello, hello.")
                .turn();

        assertThat(Prompt.of(List.of(before), asking("Hi"))).noneMatch(Message.System.class::isInstance);
    }

    @Test
    void everyStepIsThereAsTheModelSawIt() {
        Turn turn = play("How am I?")
                .calls(SEARCH, MEASURE)
                .toolRuns("Measure it.")
                .clientAnswers(MEASURED)
                .turn();

        assertThat(Prompt.of(List.of(), turn))
                .containsExactly(
                        Message.User.of("How am I?"),
                        calls(SEARCH, MEASURE),
                        answer(SEARCH, "Measure it."),
                        answer(MEASURE, "118/79"));
    }

    @Test
    void reasoningBelongsToItsOwnTurn() {
        Turn before = play("One?").answers(thinks("Hm.", "One.")).turn();
        Turn now = play("Two?").answers(thinks("Aha.", "", SEARCH)).turn();

        assertThat(Prompt.of(List.of(before), now))
                .containsExactly(
                        Message.User.of("One?"),
                        says("One."),
                        Message.User.of("Two?"),
                        thinks("Aha.", "", SEARCH),
                        unanswered(SEARCH));
    }

    @Test
    void aRefusalIsWhatTheModelSaid() {
        Turn refused = SampleTools.play(withTools().inputShields("guard"))
                .shieldsObject("I can't answer that.")
                .turn();

        assertThat(Prompt.of(List.of(refused), asking("Sorry.")))
                .containsExactly(Message.User.of("Hi"), says("I can't answer that."), Message.User.of("Sorry."));
    }

    @Test
    void aRefusedAnswerStaysAndIsFollowedByTheRefusal() {
        Turn refused = SampleTools.play(withTools().outputShields("guard"))
                .calls(MEASURE)
                .shieldsObject("I can't do that.")
                .turn();

        assertThat(Prompt.of(List.of(refused), asking("Sorry.")))
                .containsExactly(
                        Message.User.of("Hi"),
                        calls(MEASURE),
                        unanswered(MEASURE),
                        says("I can't do that."),
                        Message.User.of("Sorry."));
    }

    @Test
    void turnsThatEndedBeforeTheModelHadSpokenAreForgotten() {
        Turn failed = play("One").breaks().turn();
        Turn cancelled = play("Two").isCancelled().turn();
        Turn shielded = SampleTools.play(withTools().inputShields("guard"))
                .shieldsPass()
                .breaks()
                .turn();

        assertThat(Prompt.of(List.of(failed, cancelled, shielded), asking("Three")))
                .containsExactly(Message.User.of("Three"));
    }

    @Nested
    class WithoutTheOldest {

        @Test
        void keepsTheSystemMessageAndBeginsWhereAPersonSpeaks() {
            List<Message> messages = List.of(
                    new Message.System("Be brief."),
                    Message.User.of("One"),
                    calls(SEARCH),
                    answer(SEARCH, "found"),
                    says("First."),
                    Message.User.of("Two"),
                    says("Second."),
                    Message.User.of("Three"));
            List<Message> shorter = Prompt.withoutOldest(messages);

            assertThat(shorter)
                    .containsExactly(
                            new Message.System("Be brief."),
                            Message.User.of("Two"),
                            says("Second."),
                            Message.User.of("Three"));
            assertThat(Prompt.withoutOldest(shorter))
                    .containsExactly(new Message.System("Be brief."), Message.User.of("Three"));
        }

        @Test
        void leavesOutAboutAQuarterAtOnce() {
            List<Message> messages = IntStream.range(0, 16)
                    .<Message>mapToObj(number -> Message.User.of("Word " + number))
                    .toList();

            assertThat(Prompt.withoutOldest(messages)).isEqualTo(messages.subList(4, 16));
        }

        @Test
        void isTheSameWhenOnlyTheLastWordIsLeft() {
            List<Message> messages = List.of(
                    new Message.System("Be brief."), Message.User.of("One"), calls(SEARCH), answer(SEARCH, "found"));

            assertThat(Prompt.withoutOldest(messages)).isEqualTo(messages);
            assertThat(Prompt.withoutOldest(List.of())).isEmpty();
        }
    }

    @Test
    void turnsThatEndedLaterAreKeptAsFarAsTheyCame() {
        Turn failed = play("One").calls(SEARCH).toolRuns("found").breaks().turn();
        Turn cancelled = play("Two").calls(SEARCH).isCancelled().turn();

        assertThat(Prompt.of(List.of(failed, cancelled), asking("Three")))
                .containsExactly(
                        Message.User.of("One"),
                        calls(SEARCH),
                        answer(SEARCH, "found"),
                        Message.User.of("Two"),
                        calls(SEARCH),
                        unanswered(SEARCH),
                        Message.User.of("Three"));
    }
}
