package dev.parley.inference.openai;

import dev.parley.domain.agent.ResponseFormat;
import dev.parley.domain.message.Message;
import java.util.ArrayList;
import java.util.List;

/** Tells a model in words what form its answer must have. */
final class FormatInWords {

    private FormatInWords() {}

    /** The messages with the form told in the system message, which is made where there is none. */
    static List<Message> beside(List<Message> messages, ResponseFormat format) {
        String told = switch (format) {
            case ResponseFormat.JsonSchema schema ->
                "When you answer in text, write nothing but JSON that is valid against this JSON Schema: "
                        + schema.schema().text();
            case ResponseFormat.JsonObject _ -> "When you answer in text, write nothing but one JSON object.";
            case ResponseFormat.Grammar _ -> "";
        };
        if (told.isEmpty()) {
            return messages;
        }
        List<Message> all = new ArrayList<>(messages);
        if (!all.isEmpty() && all.getFirst() instanceof Message.System(String text)) {
            all.set(0, new Message.System(text + "\n\n" + told));
        } else {
            all.addFirst(new Message.System(told));
        }
        return all;
    }
}
