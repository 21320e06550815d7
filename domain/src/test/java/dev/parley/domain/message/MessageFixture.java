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

    /** A user message with material for one turn beside it. */
    public static Message.User user(String text, String context) {
        return new Message.User(Content.of(text), Optional.of(Content.of(context)));
    }

    public static Part image(String uri) {
        return new Part.Image(new ImageSource.Uri(uri));
    }
}
