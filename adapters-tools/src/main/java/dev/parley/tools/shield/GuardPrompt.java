package dev.parley.tools.shield;

import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Hazard;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The question that models of the Llama Guard family were trained on. */
final class GuardPrompt {

    /** In characters. */
    private static final int MOST_BEFORE = 8_000;

    /** The beginning of a line that would make another message of what follows. */
    private static final Pattern SPEAKER =
            Pattern.compile("((?:^|\\R|\\f)\\h*)(?=(?:user|agent)\\h*:)", Pattern.CASE_INSENSITIVE);

    private GuardPrompt() {}

    static String of(LastSaid said, Set<Hazard> excluded) {
        String role = said.byModel() ? "Agent" : "User";
        StringBuilder prompt = new StringBuilder()
                .append("Task: Check if there is unsafe content in '")
                .append(role)
                .append("' messages in conversations according our safety policy with the below categories.\n\n")
                .append("<BEGIN UNSAFE CONTENT CATEGORIES>\n");
        for (Hazard hazard : Hazard.values()) {
            if (!excluded.contains(hazard)) {
                prompt.append(hazard.name()).append(": ").append(hazard.title()).append(".\n");
            }
        }
        prompt.append("<END UNSAFE CONTENT CATEGORIES>\n\n<BEGIN CONVERSATION>\n\n");
        lastOf(said.before()).forEach(message -> tell(message, prompt));
        tell(role, said.text(), prompt);
        return prompt.append("<END CONVERSATION>\n\nProvide your safety assessment for ONLY THE LAST ")
                .append(role)
                .append(" message in the above conversation:\n")
                .append(" - First line must read 'safe' or 'unsafe'.\n")
                .append(" - If unsafe, a second line must include a comma-separated list of violated categories.")
                .toString();
    }

    private static void tell(Message message, StringBuilder prompt) {
        switch (message) {
            case Message.User _, Message.Tool _ -> tell("User", LastSaid.text(message), prompt);
            case Message.Assistant _ -> tell("Agent", LastSaid.text(message), prompt);
            case Message.System _ -> {
                // the operator's words are not judged
            }
        }
    }

    private static void tell(String role, String text, StringBuilder prompt) {
        if (!text.isBlank()) {
            prompt.append(role).append(": ").append(harmless(text.strip())).append("\n\n");
        }
    }

    /** A guard has a smaller window than the model that it guards; what was said long ago was judged then. */
    private static List<Message> lastOf(List<Message> before) {
        int from = before.size();
        int length = 0;
        while (from > 0 && length < MOST_BEFORE) {
            from--;
            length += LastSaid.text(before.get(from)).length();
        }
        return before.subList(length > MOST_BEFORE ? from + 1 : from, before.size());
    }

    /** Whoever is judged must not be able to end the conversation, speak as the judge, or have the other side speak. */
    private static String harmless(String text) {
        String told = text.replace("<BEGIN ", "< BEGIN ").replace("<END ", "< END ");
        return SPEAKER.matcher(told).replaceAll("$1| ");
    }
}
