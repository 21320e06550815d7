package dev.parley.tools.shield;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.ToolCall;
import dev.parley.domain.turn.Touchpoint;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a shield is to judge: what was said since the other side spoke. A client may say several things at once, and hand over
 * results of tools with them; all of that is judged, not only the last of it.
 *
 * @param byModel whether it is an answer
 * @param before what was said before, oldest first
 */
record LastSaid(boolean byModel, String text, List<Message> before) {

    LastSaid {
        before = List.copyOf(before);
    }

    /** @param touchpoint whose words they are; what a client puts into the assistant's mouth are the client's */
    static LastSaid of(Touchpoint touchpoint, List<Message> messages) {
        int from = messages.size();
        boolean byModel = touchpoint == Touchpoint.ASSISTANT_OUTPUT;
        while (from > 0 && messages.get(from - 1) instanceof Message.Assistant) {
            from--;
            if (byModel) {
                break;
            }
        }
        while (!byModel && from > 0 && !(messages.get(from - 1) instanceof Message.Assistant)) {
            from--;
        }
        List<Message> last = messages.subList(from, messages.size());
        String text = last.stream()
                .map(LastSaid::text)
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining("\n"));
        return new LastSaid(byModel, text, messages.subList(0, from));
    }

    /** The words of a message; empty for what the operator has said, which is not judged. */
    static String text(Message message) {
        return switch (message) {
            case Message.User user -> text(user.content());
            case Message.Tool tool -> text(tool.content());
            case Message.Assistant answer ->
                answer.reasoning().map(thought -> thought + "\n").orElse("")
                        + answer.text()
                        + calls(answer.toolCalls());
            case Message.System _ -> "";
        };
    }

    private static String text(Content content) {
        return content.parts().stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("\n"));
    }

    private static String calls(List<ToolCall> calls) {
        return calls.stream()
                .map(call ->
                        "\n%s(%s)".formatted(call.toolName(), call.arguments().text()))
                .collect(Collectors.joining());
    }
}
