package dev.parley.bootstrap.golden;

import dev.parley.inference.testing.Reply;
import dev.parley.inference.testing.ReplyScript;

/** What models answer most often. */
final class Replies {

    private Replies() {}

    static Reply text(String... pieces) {
        return Reply.stream()
                .opening()
                .text(pieces)
                .finish("stop")
                .usage(12, 2)
                .done()
                .end();
    }

    static Reply thoughtAndText(String thought, String text) {
        return Reply.stream()
                .opening()
                .reasoning("reasoning_content", thought)
                .text(text)
                .finish("stop")
                .usage(12, 5)
                .done()
                .end();
    }

    /** A call in two pieces. */
    static Reply call(String id, String name, String arguments) {
        int middle = arguments.length() / 2;
        return calls(Reply.stream()
                .opening()
                .toolCall(0, id, name, "")
                .toolArguments(0, arguments.substring(0, middle))
                .toolArguments(0, arguments.substring(middle)));
    }

    /** Two calls, each in one piece. */
    static Reply calls(String oneId, String one, String oneArguments, String otherId, String other, String arguments) {
        return calls(
                Reply.stream().opening().toolCall(0, oneId, one, oneArguments).toolCall(1, otherId, other, arguments));
    }

    /** An answer that ends in the calls written so far. */
    static Reply calls(ReplyScript script) {
        return script.finish("tool_calls").usage(12, 9).done().end();
    }
}
