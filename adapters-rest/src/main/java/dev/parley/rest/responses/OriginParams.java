package dev.parley.rest.responses;

import dev.parley.application.response.ResponseId;
import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.conversation.ConversationId;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.TurnId;

/** The parameters that say what a response is to begin after (responses-api 1). */
final class OriginParams {

    private static final String CONVERSATION = "conv_";

    private OriginParams() {}

    static Origin read(Param previous, Param conversation) {
        if (previous.isGiven() && conversation.isGiven()) {
            throw previous.refuse(
                    Reason.MUTUALLY_EXCLUSIVE,
                    "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Ensure you are only"
                            + " providing one of: 'previous_response_id' or 'conversation'.");
        }
        return conversation.isGiven()
                ? new Origin.InConversation(conversation(conversation))
                : new Origin.AfterTurn(previous.optional(OriginParams::previous));
    }

    private static TurnId previous(Param in) {
        return ResponseId.turn(in.string())
                .orElseThrow(() -> in.refuse(
                        Reason.PREVIOUS_RESPONSE_NOT_FOUND,
                        "Previous response with id '%s' not found.".formatted(in.string())));
    }

    private static ConversationId conversation(Param in) {
        if (in.isObject()) {
            return conversation(in.at("id"));
        }
        if (!in.isString()) {
            throw in.wrongType("one of a string or an object");
        }
        return conversation(in.string(), in.path());
    }

    /**
     * The conversation of that name.
     *
     * @param field where the name stands in the request
     * @throws Refusal when it can't be the name of one
     */
    static ConversationId conversation(String id, String field) {
        if (!id.startsWith(CONVERSATION)) {
            throw Refusal.invalid(
                            field, "Invalid '%s': '%s'. Expected an ID that begins with 'conv'.".formatted(field, id))
                    .because(Reason.INVALID_VALUE);
        }
        if (id.indexOf(0) >= 0) {
            // the store has no place for it, so there can be none
            return new ConversationId(id.replace('\0', '\uFFFD'));
        }
        return new ConversationId(id);
    }
}
