package dev.parley.application.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.testing.ScriptedShields;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.CheckPace;
import dev.parley.domain.safety.CheckPace.By;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GuardedAnswerTest {

    private static final List<Message> CONVERSATION = List.of(Message.User.of("Hi"));
    private static final ToolCall CALL = new ToolCall("call_1", "weigh", new ToolArguments.Json("{}"));

    private final List<Delta> told = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();
    private GuardedAnswer guard = guard(By.SENTENCE);

    private GuardedAnswer guard(By by) {
        return new GuardedAnswer(new CheckPace(by, 20), this::check, CONVERSATION, told::add);
    }

    private Optional<Violation> check(List<Message> messages) throws BrokenOff {
        assertThat(messages).startsWith(CONVERSATION.getFirst()).hasSize(2);
        String text = words((Message.Assistant) messages.getLast());
        looked.add(text);
        if (text.contains("mumble")) {
            throw new BrokenOff(Failure.Code.SHIELD_FAILED, "no verdict");
        }
        Violation.Level level = text.contains("daring") ? Violation.Level.WARN : Violation.Level.ERROR;
        return text.contains("forbidden") || text.contains("daring")
                ? Optional.of(ScriptedShields.violation("guard", level))
                : Optional.empty();
    }

    private static String words(Message.Assistant answer) {
        return answer.text()
                + answer.toolCalls().stream()
                        .map(call -> "%s(%s)"
                                .formatted(call.toolName(), call.arguments().text()))
                        .collect(Collectors.joining());
    }

    @Test
    void aSentenceIsToldOnceItWasLookedAt() throws BrokenOff {
        say("All is", " well");
        assertThat(told).isEmpty();

        say(". And");
        assertThat(told).containsExactly(text("All is"), text(" well"), text(". And"));

        say(" more");
        guard.ended();
        assertThat(told).hasSize(4).endsWith(text(" more"));
        assertThat(looked).containsExactly("All is well. And", "All is well. And more");
        assertThat(guard.hasSeenAll()).isTrue();
        assertThat(guard.lesser()).isEmpty();
        assertThat(guard.objection()).isEmpty();
        assertThat(guard.stop().requested()).isEmpty();
    }

    @Test
    void whatIsObjectedToIsNeverTold() throws BrokenOff {
        say("All is well. ", "Now the forbidden", " word. ", "And more. ");
        guard.ended();

        assertThat(told).containsExactly(text("All is well. "));
        assertThat(guard.objection())
                .hasValueSatisfying(violation -> assertThat(violation.stops()).isTrue());
        assertThat(guard.stop().requested()).isPresent();
    }

    @Test
    void aLesserViolationStopsNothing() throws BrokenOff {
        say("A daring thing. ", "And more");
        guard.ended();

        assertThat(told).hasSize(2);
        assertThat(guard.objection()).isEmpty();
        assertThat(guard.lesser()).hasValue(ScriptedShields.violation("guard", Violation.Level.WARN));
    }

    @Test
    void aCallIsLookedAtBeforeItIsTold() throws BrokenOff {
        ToolCall bad = new ToolCall("call_1", "search", new ToolArguments.Json("{\"query\":\"forbidden\"}"));
        say("Let me look. ");
        guard.accept(new Delta.CallOpened("call_1", "search"));
        guard.accept(new Delta.CallClosed(bad));
        guard.ended();

        assertThat(told).containsExactly(text("Let me look. "));
        assertThat(guard.objection()).isPresent();
    }

    @Test
    void anAnswerOfCallsAloneIsLookedAtWhole() throws BrokenOff {
        guard.accept(new Delta.CallClosed(CALL));
        guard.ended();

        assertThat(told).containsExactly(new Delta.CallClosed(CALL));
        assertThat(looked).containsExactly("weigh({})");
        assertThat(guard.hasSeenAll()).isTrue();
    }

    @Test
    void aShieldThatCanNotSayStopsTheAnswerToo() {
        say("mumble. ", "More. ");

        assertThat(told).isEmpty();
        assertThat(guard.stop().requested()).isPresent();
        assertThatExceptionOfType(BrokenOff.class).isThrownBy(guard::objection);
        assertThat(guard.hasSeenAll()).isFalse();
    }

    @Test
    void thoughtsAreLookedAtToo() throws BrokenOff {
        guard.accept(new Delta.Reasoning("Something forbidden. "));

        assertThat(told).isEmpty();
        assertThat(guard.objection()).isPresent();
    }

    @Test
    void behindACallNothingIsToldBeforeTheEnd() throws BrokenOff {
        say("I will weigh it. ");
        guard.accept(new Delta.CallOpened("call_1", "weigh"));
        guard.accept(new Delta.CallArguments("{}"));
        guard.accept(new Delta.CallClosed(CALL));
        say("That is all. ");
        assertThat(told).hasSize(1);

        guard.ended();
        assertThat(told).hasSize(5).contains(new Delta.CallClosed(CALL));
    }

    @Test
    void aCallIsNotToldBesideWhatIsObjectedTo() throws BrokenOff {
        guard.accept(new Delta.CallOpened("call_1", "weigh"));
        guard.accept(new Delta.CallClosed(CALL));
        say("forbidden");
        guard.ended();

        assertThat(told).isEmpty();
        assertThat(guard.objection()).isPresent();
    }

    @Test
    void bySizeASentenceIsNotEnough() {
        guard = guard(By.SIZE);

        say("One. ", "Two. ");
        assertThat(told).isEmpty();

        say("Three. And four.");
        assertThat(told).hasSize(3);
    }

    @Test
    void asAWholeNothingIsToldBeforeTheEnd() {
        guard = guard(By.WHOLE);

        say("One. ", "Two. ".repeat(100));
        assertThat(told).isEmpty();

        guard.ended();
        assertThat(told).hasSize(2);
        assertThat(looked).hasSize(1);
    }

    private void say(String... pieces) {
        for (String piece : pieces) {
            guard.accept(text(piece));
        }
    }

    private static Delta text(String piece) {
        return new Delta.Text(piece);
    }
}
