package dev.parley.tools.shield;

import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Hazard;
import java.util.Set;

/** The question that models of the Llama Guard family were trained on. */
final class GuardPrompt {

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
        said.before().forEach(message -> tell(message, prompt));
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

    /** Whoever is judged must not be able to end the conversation and speak as the judge. */
    private static String harmless(String text) {
        return text.replace("<BEGIN ", "< BEGIN ").replace("<END ", "< END ");
    }
}
