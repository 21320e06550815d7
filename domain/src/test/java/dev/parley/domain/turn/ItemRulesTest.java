package dev.parley.domain.turn;

import static dev.parley.domain.item.ItemFixture.answered;
import static dev.parley.domain.item.ItemFixture.answeredShell;
import static dev.parley.domain.item.ItemFixture.assistant;
import static dev.parley.domain.item.ItemFixture.called;
import static dev.parley.domain.item.ItemFixture.calledShell;
import static dev.parley.domain.item.ItemFixture.compacted;
import static dev.parley.domain.item.ItemFixture.compactionTrigger;
import static dev.parley.domain.item.ItemFixture.searched;
import static dev.parley.domain.item.ItemFixture.user;
import static dev.parley.domain.turn.SampleTools.ASK;
import static dev.parley.domain.turn.SampleTools.MEASURE;
import static dev.parley.domain.turn.SampleTools.SEARCH;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.domain.Refusal;
import dev.parley.domain.item.CallOutput;
import dev.parley.domain.item.Item;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.CallKind;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client may send after what came before (responses-api 3.1), in the words that its author looks up. */
class ItemRulesTest {

    private static final List<Item> NOTHING = List.of();

    @Test
    void whatAsksForCompactionComesLast() {
        assertThatCode(() -> ItemRules.check(List.of(compactionTrigger()), List.of(user("Hi"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> ItemRules.check(List.of(), List.of(user("Hi"), compactionTrigger())))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> ItemRules.check(List.of(), List.of(compactionTrigger(), user("Hi"))))
                .withMessage(
                        "A compaction_trigger must be the last item of the input; send what follows it afterwards.");
    }

    @Test
    void noItemsAtAllAreFine() {
        assertAccepted(NOTHING);
        assertAccepted(List.of(user("Hi"), assistant("Hello")));
    }

    @Nested
    class Duplicates {

        @Test
        void areRefusedInOneInput() {
            assertRefused(NOTHING, user("Hi"), user("Hi"))
                    .withMessage(
                            "Duplicate item found with id %s. Remove duplicate items from your input and try again."
                                    .formatted(user("Hi").id()));
        }

        @Test
        void areRefusedBesideWhatCameBefore() {
            assertRefused(List.of(user("Hi"), assistant("Hello")), user("And?"), assistant("Hello"))
                    .withMessageStartingWith(
                            "Duplicate item found with id " + assistant("Hello").id());
        }

        /** Whoever stored them let them pass; the client can do nothing about it. */
        @Test
        void areNotLookedForInWhatCameBefore() {
            assertAccepted(List.of(user("Hi"), user("Hi")), user("And?"));
        }
    }

    @Nested
    class Answers {

        @Test
        void needACall() {
            assertRefused(NOTHING, answered(MEASURE, "118/79"))
                    .withMessage("No tool call found for function call output with call_id call_3.");
        }

        @Test
        void needACallBeforeThem() {
            assertRefused(NOTHING, answered(MEASURE, "118/79"), called(MEASURE))
                    .withMessage("No tool call found for function call output with call_id call_3.");
        }

        @Test
        void answerACallOnlyOnce() {
            assertRefused(List.of(called(MEASURE)), answered(MEASURE, "118/79"), answered(MEASURE, "90/60"))
                    .withMessage("No tool call found for function call output with call_id call_3.");
        }

        @Test
        void doNotAnswerWhatThisServerRan() {
            assertRefused(List.of(searched(SEARCH, "60")), answered(SEARCH, "70"))
                    .withMessage("No tool call found for function call output with call_id call_1.");
        }

        @ParameterizedTest
        @EnumSource(
                value = CallKind.class,
                names = {"CUSTOM", "LOCAL_SHELL", "SHELL", "APPLY_PATCH", "COMPUTER"})
        void fitCallsOfTheirOwnKindOnly(CallKind kind) {
            CallForm form = new CallForm.ClientBuiltIn(kind);
            Item members = answered(form, MEASURE, new CallOutput.Members(JsonText.EMPTY_OBJECT));

            assertAccepted(List.of(called(form, MEASURE)), members);
            assertRefused(List.of(called(MEASURE)), members)
                    .withMessage("No tool call found for function call output with call_id call_3.");
            assertRefused(List.of(called(form, MEASURE)), answered(MEASURE, "118/79"))
                    .withMessage("No tool call found for function call output with call_id call_3.");
        }

        /** The group that a tool was declared in says nothing of what its calls are. */
        @Test
        void fitWhateverGroupTheToolIsIn() {
            CallForm grouped = new CallForm.Function("measure", Optional.of("body"));

            assertAccepted(List.of(called(grouped, MEASURE)), answered(MEASURE, "118/79"));
        }
    }

    @Nested
    class Calls {

        @Test
        void needAnAnswer() {
            assertRefused(NOTHING, called(MEASURE), user("So?"))
                    .withMessage("No tool output found for function call call_3.");
        }

        @Test
        void needAnAnswerWhenTheTurnBeforeEndedWithThem() {
            List<Item> before = List.of(user("How am I?"), called(MEASURE), called(ASK));

            assertAccepted(before, answered(ASK, "yes"), user("Here you are."), answered(MEASURE, "118/79"));
            assertRefused(before, user("So?")).withMessage("No tool output found for function call call_3.");
            assertRefused(before, answered(MEASURE, "118/79"))
                    .withMessage("No tool output found for function call call_4.");
        }

        /** Turns of the Agents API go past calls, and a client that goes on from there knows nothing of them. */
        @Test
        void thatATurnBeforeWentPastMayStayOpen() {
            List<Item> before = List.of(user("How am I?"), called(MEASURE), user("Forget it."), assistant("Fine."));

            assertAccepted(before, user("And now?"));
            assertAccepted(before, answered(MEASURE, "118/79"));
            assertRefused(before, answered(MEASURE, "118/79"), answered(MEASURE, "90/60"))
                    .withMessage("No tool call found for function call output with call_id call_3.");
        }

        @Test
        void ofAnIdThatCameBeforeAreOtherCalls() {
            List<Item> before = List.of(called(MEASURE), answered(MEASURE, "118/79"), user("Again."), called(MEASURE));
            List<Item> wentPast = List.of(called(MEASURE), user("Again."), called(MEASURE));

            assertRefused(before, user("So?")).withMessage("No tool output found for function call call_3.");
            assertRefused(wentPast, user("So?")).withMessage("No tool output found for function call call_3.");
        }

        @Test
        void thatThisServerRanNeedNone() {
            assertAccepted(List.of(searched(SEARCH, "60")), user("So?"));
        }

        /** A client that was not told what they came to, because the response broke, could do nothing about it. */
        @Test
        void ofTheShellOfThisServerMayHaveOneButNeedNone() {
            assertAccepted(NOTHING, calledShell(MEASURE), user("So?"));
            assertAccepted(NOTHING, calledShell(MEASURE), answeredShell(MEASURE, "{}"), user("So?"));
            assertAccepted(List.of(calledShell(MEASURE)), answeredShell(MEASURE, "{}"));
            assertRefused(NOTHING, answeredShell(MEASURE, "{}"))
                    .withMessage("No tool call found for function call output with call_id call_3.");
            assertRefused(NOTHING, calledShell(MEASURE), answered(MEASURE, "118/79"))
                    .withMessage("No tool call found for function call output with call_id call_3.");
            assertRefused(List.of(calledShell(MEASURE), answeredShell(MEASURE, "{}")), answeredShell(MEASURE, "{1}"))
                    .withMessage("No tool call found for function call output with call_id call_3.");
        }

        @Test
        void ofTheShellOfThisServerAreOtherCallsWhereTheirIdCameBefore() {
            assertAccepted(List.of(called(MEASURE), calledShell(MEASURE)), user("So?"));
            assertRefused(List.of(calledShell(MEASURE), called(MEASURE)), user("So?"))
                    .withMessage("No tool output found for function call call_3.");
        }
    }

    @Test
    void aSummaryStandsForAllBeforeIt() {
        assertAccepted(List.of(called(MEASURE)), compacted("They wanted to know how they are."), user("So?"));
        assertRefused(List.of(called(MEASURE)), compacted("Well."), answered(MEASURE, "118/79"))
                .withMessage("No tool call found for function call output with call_id call_3.");
    }

    private static void assertAccepted(List<Item> before, Item... input) {
        assertThatCode(() -> ItemRules.check(before, List.of(input))).doesNotThrowAnyException();
    }

    private static ThrowableAssertAlternative<Refusal> assertRefused(List<Item> before, Item... input) {
        return assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> ItemRules.check(before, List.of(input)))
                .matches(refusal -> refusal.code() == Refusal.Code.INVALID, "is INVALID")
                .matches(refusal -> refusal.field().equals(Optional.of("input")), "names the input");
    }
}
