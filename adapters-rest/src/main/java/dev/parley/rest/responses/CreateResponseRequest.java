package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.response.CreateResponse;
import dev.parley.application.response.InputItem;
import dev.parley.application.response.Seal;
import dev.parley.domain.Refusal;
import dev.parley.domain.Refusal.Reason;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.turn.ClientToolPolicy;
import dev.parley.domain.turn.Origin;
import dev.parley.domain.turn.ResponseTerms;
import dev.parley.domain.turn.TurnId;
import dev.parley.domain.turn.TurnSpec;
import dev.parley.rest.RequestKeys;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks a response with (responses-api 1). Parameters that this interface does not know are ignored: clients of
 * other servers send their own.
 *
 * @param obfuscation whether a stream hides the lengths of its texts
 * @param meaning what two requests that are the same have in common
 */
record CreateResponseRequest(
        TurnId id,
        TurnSpec spec,
        List<HostedTool> hosted,
        Origin origin,
        List<InputItem> input,
        Map<String, String> metadata,
        Includes include,
        boolean stream,
        boolean obfuscation,
        RawJson meaning) {

    /** Far more than any answer takes: the clients of this interface set no limit of their own. */
    private static final int MAX_STEPS = 128;

    private static final int SHORTEST_ANSWER = 16;

    /**
     * @param id what the turn is to be called
     * @throws Refusal when a parameter can't be what it is
     */
    static CreateResponseRequest read(Param in, TurnId id, Seal seal) {
        return read(in, id, seal, true);
    }

    /**
     * The same for what no model is to see yet, which may come without any input.
     *
     * @throws Refusal when a parameter can't be what it is
     */
    static CreateResponseRequest readNote(Param in, TurnId id, Seal seal) {
        return read(in, id, seal, false);
    }

    private static CreateResponseRequest read(Param in, TurnId id, Seal seal, boolean needsInput) {
        String model = model(in);
        Includes include = include(in.at("include"));
        if (include.sealedReasoning()) {
            seal.requireUsable("include");
        }
        ToolReader declared = new ToolReader(seal);
        List<RawJson> tools = in.at("tools").optional(declared::read).orElse(List.of());
        Origin origin = OriginParams.read(in.at("previous_response_id"), in.at("conversation"));
        InputReader reader = new InputReader((prefix, place) -> ItemId.ofInput(prefix, id, place), seal, declared);
        List<InputItem> input =
                input(in.at("input"), needsInput && origin.equals(new Origin.AfterTurn(Optional.empty())), reader);
        ChosenTools chosen = ChosenTools.read(in.at("tool_choice"), declared);
        TextParam text = TextParam.read(in.at("text"));
        ReasoningParam reasoning = ReasoningParam.read(in.at("reasoning"));
        OptionParams options = OptionParams.read(in, text, reasoning, include);
        RawJson echo = EchoJson.of(in, tools, chosen.echo(), text, reasoning);
        ResponseTerms terms = terms(in, reasoning.terms(include), echo);
        if (terms.compactAt().isPresent()) {
            seal.requireUsable("context_management");
        }
        Sampling sampling =
                new Sampling(options.strategy(), terms.maxOutputTokens().orElse(0), 1.0, Optional.empty());
        TurnSpec spec = spec(in, model, sampling, text, chosen, options, terms);
        return new CreateResponseRequest(
                id,
                spec,
                chosen.hosted(),
                origin,
                input,
                in.at("metadata").optional(LabelsParam::read).orElse(Map.of()),
                include,
                in.at("stream").optional(Param::bool).orElse(false),
                in.at("stream_options")
                        .optional(wanted -> wanted.at("include_obfuscation"))
                        .flatMap(hidden -> hidden.optional(Param::bool))
                        .orElse(true),
                meaning(in, model, terms, echo));
    }

    /** What a model is shown, and who looks at it. */
    static TurnSpec spec(
            Param in,
            String model,
            Sampling sampling,
            TextParam text,
            ChosenTools chosen,
            OptionParams options,
            ResponseTerms terms) {
        List<String> guardrails = GuardrailsParam.read(in.at("guardrails"));
        return new TurnSpec(
                model,
                in.at("instructions").optional(Param::string).orElse(""),
                sampling,
                text.format(),
                chosen.offered(),
                chosen.choice(),
                guardrails,
                guardrails,
                List.of(),
                MAX_STEPS,
                ClientToolPolicy.END,
                options.model(),
                Optional.of(terms));
    }

    private static ResponseTerms terms(Param in, ResponseTerms.Reasoning reasoning, RawJson echo) {
        boolean stored = in.at("store").optional(Param::bool).orElse(true);
        boolean background = in.at("background").optional(Param::bool).orElse(false);
        if (background && !stored) {
            throw in.at("background")
                    .refuse(
                            Reason.INVALID_VALUE,
                            "Invalid 'background': a response in the background is read back later, so it requires"
                                    + " 'store' to be true.");
        }
        return new ResponseTerms(
                stored,
                background,
                in.at("max_tool_calls").optional(most -> most.integer(1, Integer.MAX_VALUE)),
                in.at("max_output_tokens").optional(most -> most.integer(SHORTEST_ANSWER, Integer.MAX_VALUE)),
                in.at("truncation")
                        .optional(word -> word.word(Words.of("auto", "disabled")))
                        .filter("auto"::equals)
                        .isPresent(),
                compactAt(in.at("context_management")),
                reasoning,
                new JsonText(echo.text()),
                List.of());
    }

    /** Whether it is streamed does not make it another request. */
    private static RawJson meaning(Param in, String model, ResponseTerms terms, RawJson echo) {
        ObjectText meaning = new ObjectText()
                .string("model", model)
                .raw("input", in.at("input").echo())
                .raw("metadata", in.at("metadata").echo())
                .raw("asked", echo);
        // the rest is told back, and so among what was asked
        terms.compactAt().ifPresent(tokens -> meaning.number("compact_at", tokens));
        return meaning.end();
    }

    /** @param key what the client called the request; null when it did not name it */
    CreateResponse.Command command(@Nullable String key) {
        return new CreateResponse.Command(
                id,
                spec,
                hosted,
                origin,
                input,
                metadata,
                RequestKeys.of(key, () -> meaning.text().getBytes(UTF_8)));
    }

    boolean inBackground() {
        return spec.terms().filter(ResponseTerms::background).isPresent();
    }

    private static Includes include(Param in) {
        return new Includes(Set.copyOf(in.optional(list -> list.list(value -> value.word(Includes.KNOWN)))
                .orElse(List.of())));
    }

    static String model(Param in) {
        refusePrompt(in.at("prompt"));
        Param model = in.at("model");
        String name = model.string();
        if (name.isBlank()) {
            throw model.missing();
        }
        return name;
    }

    /** There are none to be filled in. */
    private static void refusePrompt(Param in) {
        if (in.isGiven()) {
            throw Refusal.of(
                    Refusal.Code.NOT_FOUND,
                    "Prompt with id '%s' not found.".formatted(in.at("id").string()),
                    in.path());
        }
    }

    private static List<InputItem> input(Param in, boolean needed, InputReader reader) {
        List<InputItem> items = in.isGiven() || needed ? reader.read(in) : List.of();
        if (items.isEmpty() && needed) {
            throw in.missing();
        }
        return items;
    }

    private static Optional<Integer> compactAt(Param in) {
        return in.optional(list -> list.list(entry -> {
                    entry.at("type").word(Words.of("compaction"));
                    return entry.at("compact_threshold").optional(most -> most.integer(1000, Integer.MAX_VALUE));
                }))
                .flatMap(entries -> entries.stream().flatMap(Optional::stream).findFirst());
    }
}
