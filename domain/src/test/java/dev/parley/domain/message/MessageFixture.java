package dev.parley.domain.message;

import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;

/** What models answer and people say, for tests. */
public final class MessageFixture {

    private MessageFixture() {}

    /** The model is done. */
    public static Message.Assistant says(String text) {
        return Message.Assistant.of(text);
    }

    /** The model calls tools and says nothing. */
    public static Message.Assistant calls(ToolCall... calls) {
        return new Message.Assistant("", Optional.empty(), List.of(calls), StopReason.END_OF_TURN);
    }

    /** The model has thought before it speaks. */
    public static Message.Assistant thinks(String reasoning, String text, ToolCall... calls) {
        return new Message.Assistant(text, Optional.of(reasoning), List.of(calls), StopReason.END_OF_TURN);
    }

    /** The model means to say more. */
    public static Message.Assistant goesOn(String text) {
        return new Message.Assistant(text, Optional.empty(), List.of(), StopReason.END_OF_MESSAGE);
    }

    /** A limit cuts the model off. */
    public static Message.Assistant cutOff(String text, ToolCall... calls) {
        return new Message.Assistant(text, Optional.empty(), List.of(calls), StopReason.OUT_OF_TOKENS);
    }

    /** The provider's filter cuts the model off. */
    public static Message.Assistant filtered(String text, ToolCall... calls) {
        return new Message.Assistant(text, Optional.empty(), List.of(calls), StopReason.FILTERED);
    }

    /** The model does not answer, and the provider tells that it does not. */
    public static Message.Assistant refuses(String text) {
        return inOrder(new Passage.Refused(text));
    }

    /** The model is done, and has told things in this order. */
    public static Message.Assistant inOrder(Passage... passages) {
        return new Message.Assistant(List.of(passages), StopReason.END_OF_TURN);
    }

    public static Passage thought(String text) {
        return new Passage.Thought(text);
    }

    public static Passage spoken(String text) {
        return Passage.Spoken.of(text);
    }

    public static Passage called(ToolCall call) {
        return new Passage.Called(call);
    }

    /** A user message with material for one turn beside it. */
    public static Message.User user(String text, String context) {
        return new Message.User(Content.of(text), Optional.of(Content.of(context)));
    }

    public static Part image(String uri) {
        return new Part.Image(new ImageSource.Uri(uri));
    }
}
