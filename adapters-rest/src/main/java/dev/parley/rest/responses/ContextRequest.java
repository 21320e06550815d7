package dev.parley.rest.responses;

import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks of the context of a response with: of a response's parameters, those that say what its model is shown
 * (responses-api 6.1 and 6.2). The others are ignored.
 */
final class ContextRequest {

    private static final ResponseTerms TERMS = new ResponseTerms(
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            new ResponseTerms.Reasoning(false, false, false),
            JsonText.EMPTY_OBJECT,
            List.of());

    private ContextRequest() {}

    /**
     * What is to be counted. Without a model it is counted as most models would.
     *
     * @throws Refusal when a parameter can't be what it is
     */
    static CreateResponse.Command toCount(Param in, TurnId id, Seal seal) {
        return command(in, in.at("model").optional(Param::string).orElse(""), id, seal);
    }

    /**
     * What is to be compacted, and by which model.
     *
     * @throws Refusal when a parameter can't be what it is, or this server can't seal what comes of it
     */
    static CreateResponse.Command toCompact(Param in, TurnId id, Seal seal) {
        String model = CreateResponseRequest.model(in);
        seal.requireUsable("input");
        return command(in, model, id, seal);
    }

    private static CreateResponse.Command command(Param in, String model, TurnId id, Seal seal) {
        ToolReader declared = new ToolReader(seal);
        in.at("tools").optional(declared::read);
        InputReader reader = new InputReader((prefix, place) -> ItemId.ofInput(prefix, id, place), seal, declared);
        List<InputItem> input = in.at("input").optional(reader::read).orElse(List.of());
        ChosenTools chosen = ChosenTools.read(in.at("tool_choice"), declared);
        TextParam text = TextParam.read(in.at("text"));
        OptionParams options = OptionParams.read(in, text, ReasoningParam.read(in.at("reasoning")), Includes.NONE);
        in.at("truncation").optional(word -> word.word(Words.of("auto", "disabled")));
        TurnSpec spec = CreateResponseRequest.spec(in, model, Sampling.DEFAULT, text, chosen, options, TERMS);
        return new CreateResponse.Command(
                id,
                spec,
                chosen.hosted(),
                OriginParams.read(in.at("previous_response_id"), in.at("conversation")),
                input,
                Map.of(),
                Optional.empty());
    }
}
