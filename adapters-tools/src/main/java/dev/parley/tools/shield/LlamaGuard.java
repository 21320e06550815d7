package dev.parley.tools.shield;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.Inference;
import dev.parley.application.port.InferenceRequest;
import dev.parley.application.port.ShieldProvider;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.GuardAnswer;
import dev.parley.domain.safety.Harm;
import dev.parley.domain.safety.Hazard;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.turn.Delta;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A guard model of the Llama Guard family, behind any provider. The shield's {@code provider_shield_id} is the model; its
 * parameter {@code excluded_categories} names hazards that it is not to look for. An answer that has not the model's fixed form
 * is no judgement, and the turn fails.
 */
final class LlamaGuard implements ShieldProvider {

    static final String ID = "llama-guard";

    private static final Set<String> KNOWN = Set.of("excluded_categories", "message");
    private static final String REFUSAL = "I can't help with that. Is there something else that I can do?";
    private static final Sampling SAMPLING = new Sampling(new Sampling.Strategy.Greedy(), 64, 1.0, Optional.empty());

    /** Nobody reads along. */
    private static final Inference.Progress UNTOLD = new Inference.Progress() {
        @Override
        public void opened() {}

        @Override
        public void delta(Delta delta) {}

        @Override
        public void flush() {}
    };

    private final Inference inference;

    LlamaGuard(Inference inference) {
        this.inference = inference;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void requireUsable(RegisteredShield shield) {
        excluded(shield);
        if (shield.providerShieldId().isBlank()) {
            throw Refusal.invalid("provider_shield_id", "provider_shield_id must name the guard model");
        }
    }

    @Override
    public Judgement judge(
            Owner owner,
            RegisteredShield shield,
            Touchpoint touchpoint,
            List<Message> messages,
            Cancellation cancellation)
            throws BrokenOff {
        LastSaid said = LastSaid.of(touchpoint, messages);
        if (said.text().isBlank()) {
            return Judgement.FINE;
        }
        Set<Hazard> excluded = excluded(shield);
        InferenceRequest question = new InferenceRequest(
                shield.providerShieldId(),
                List.of(Message.User.of(GuardPrompt.of(said, excluded))),
                List.of(),
                new ToolChoice.None(),
                SAMPLING,
                Optional.empty());
        String answer =
                inference.infer(question, UNTOLD, cancellation).message().text();
        return switch (GuardAnswer.of(answer)) {
            case GuardAnswer.Safe _ -> Judgement.FINE;
            case GuardAnswer.Unsafe(List<Hazard> hazards) ->
                judgement(
                        shield,
                        hazards.stream()
                                .filter(hazard -> !excluded.contains(hazard))
                                .toList());
            case GuardAnswer.Unclear _ ->
                throw new BrokenOff(
                        Failure.Code.SHIELD_FAILED,
                        "The shield '%s' did not say whether it objects: its model '%s' answered neither 'safe' nor 'unsafe' with known categories. Check that it is a Llama Guard model"
                                .formatted(shield.id(), shield.providerShieldId()));
        };
    }

    private static Judgement judgement(RegisteredShield shield, List<Hazard> hazards) {
        if (hazards.isEmpty()) {
            return Judgement.FINE;
        }
        String codes = hazards.stream().map(Hazard::name).collect(Collectors.joining(","));
        Map<Harm, Double> scores = new EnumMap<>(Harm.class);
        hazards.forEach(hazard -> hazard.harm().ifPresent(harm -> scores.put(harm, 1.0)));
        String words = Params.of(shield, KNOWN).text("message").orElse(REFUSAL);
        return new Judgement(
                Optional.of(new Violation(
                        Violation.Level.ERROR,
                        Optional.of(words),
                        new JsonText("{\"violation_type\":\"%s\"}".formatted(codes)))),
                scores);
    }

    private static Set<Hazard> excluded(RegisteredShield shield) {
        Params params = Params.of(shield, KNOWN);
        Set<Hazard> excluded = EnumSet.noneOf(Hazard.class);
        for (String code : params.texts("excluded_categories")) {
            excluded.add(
                    Hazard.coded(code).orElseThrow(() -> params.wrong("excluded_categories", "codes from S1 to S14")));
        }
        if (excluded.size() == Hazard.values().length) {
            throw params.wrong("excluded_categories", "fewer than all categories");
        }
        return excluded;
    }
}
