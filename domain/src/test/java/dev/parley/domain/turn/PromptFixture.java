package dev.parley.domain.turn;

import static dev.parley.domain.turn.SampleTools.withTools;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolCall;
import java.util.List;
import java.util.Optional;

/** Turns that begin with some words, and the messages that a model is shown of them. */
final class PromptFixture {

    private PromptFixture() {}

    static Turn asking(String words) {
        return asking(Message.User.of(words));
    }

    static Turn asking(Message.Input... input) {
        return TurnFixture.turn(TurnFixture.TURN, withTools().build(), input);
    }

    static Turn asking(List<Message.Input> input, List<Document> documents) {
        return TurnFixture.turn(TurnFixture.TURN, withTools().build(), input, documents);
    }

    static TurnPlay play(String words) {
        return TurnPlay.of(asking(words));
    }

    static Part text(String text) {
        return new Part.Text(text);
    }

    static Message parts(Part... parts) {
        return new Message.User(new Content.Parts(List.of(parts)), Optional.empty());
    }

    static Message answer(ToolCall call, String text) {
        return new Message.Tool(call.callId(), Content.of(text));
    }

    static Message unanswered(ToolCall call) {
        return answer(call, "No result: this call was never answered.");
    }

    static Message inWords(String callId, String result) {
        return parts(text("The result of tool call %s is:".formatted(callId)), text(result));
    }

    static Message.Tool posted(String callId, String result) {
        return new Message.Tool(callId, Content.of(result));
    }
}
