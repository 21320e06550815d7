package dev.parley.tools.shield;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.ShieldProvider;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Harm;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Failure;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A provider's moderation endpoint, in the words of OpenAI. The shield's {@code provider_shield_id} is the model, named as any
 * model is: an alias, or {@code provider::model}. What is flagged stops the turn.
 */
final class ModerationEndpoint implements ShieldProvider {

    static final String ID = "moderation";

    private static final Set<String> KNOWN = Set.of("level", "message");
    private static final String REFUSAL = "I can't help with that. Is there something else that I can do?";
    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final ChatProxy providers;

    ModerationEndpoint(ChatProxy providers) {
        this.providers = providers;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void requireUsable(RegisteredShield shield) {
        Params.of(shield, KNOWN).level();
        if (shield.providerShieldId().isBlank()) {
            throw Refusal.invalid("provider_shield_id", "provider_shield_id must name the moderation model");
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
        String text = LastSaid.of(touchpoint, messages).text();
        if (text.isBlank()) {
            return Judgement.FINE;
        }
        Answer answer = new Answer();
        try {
            providers.forward(
                    ChatProxy.Endpoint.MODERATIONS, request(shield.providerShieldId(), text), answer, cancellation);
        } catch (Refusal wrong) {
            throw new BrokenOff(Failure.of(Failure.Code.SHIELD_FAILED, wrong.explanation()), wrong);
        }
        return judgement(shield, answer);
    }

    private static byte[] request(String model, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeStringField("input", text);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** Fails closed: what does not say clearly whether it is flagged is no judgement. */
    private static Judgement judgement(RegisteredShield shield, Answer answer) throws BrokenOff {
        Map<String, Object> result = answer.result().orElseThrow(() -> unclear(shield));
        if (!(result.get("flagged") instanceof Boolean flagged)) {
            throw unclear(shield);
        }
        Map<Harm, Double> scores = scores(result);
        if (!flagged) {
            return new Judgement(Optional.empty(), scores);
        }
        Params params = Params.of(shield, KNOWN);
        JsonText metadata = new JsonText("{\"violation_type\":\"%s\"}".formatted(categories(result)));
        return new Judgement(
                Optional.of(new Violation(
                        params.level(), Optional.of(params.text("message").orElse(REFUSAL)), metadata)),
                scores);
    }

    private static Map<Harm, Double> scores(Map<String, Object> result) {
        Map<Harm, Double> scores = new EnumMap<>(Harm.class);
        if (result.get("category_scores") instanceof Map<?, ?> given) {
            given.forEach((name, score) -> {
                if (score instanceof Double number && number >= 0 && number <= 1) {
                    Harm.named(String.valueOf(name)).ifPresent(harm -> scores.put(harm, number));
                }
            });
        }
        return scores;
    }

    /** Only names that are known: they go into JSON as they are. */
    private static String categories(Map<String, Object> result) {
        return result.get("categories") instanceof Map<?, ?> given
                ? given.entrySet().stream()
                        .filter(category -> Boolean.TRUE.equals(category.getValue()))
                        .flatMap(category -> Harm.named(String.valueOf(category.getKey())).stream())
                        .map(Harm::word)
                        .collect(Collectors.joining(","))
                : "";
    }

    private static BrokenOff unclear(RegisteredShield shield) {
        return new BrokenOff(
                Failure.Code.SHIELD_FAILED,
                "The shield '%s' did not say whether it objects: the moderation endpoint for '%s' answered something else than a moderation. Check its provider"
                        .formatted(shield.id(), shield.providerShieldId()));
    }

    /** What the provider answers, as far as it is worth reading. */
    private static final class Answer implements ChatProxy.Receiver {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean tooLong;
        private int status;

        @Override
        public void head(int answered, String contentType) {
            status = answered;
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) {
            tooLong = tooLong || bytes.size() + length > LARGEST_ANSWER;
            if (!tooLong) {
                bytes.write(buffer, offset, length);
            }
        }

        /** The one result; empty when this is no moderation of one text. */
        Optional<Map<String, Object>> result() {
            if (tooLong || status / 100 != 2) {
                return Optional.empty();
            }
            try {
                Object results =
                        JsonMap.read(bytes.toString(StandardCharsets.UTF_8)).get("results");
                return results instanceof List<?> list && list.size() == 1 && list.getFirst() instanceof Map<?, ?> one
                        ? Optional.of(named(one))
                        : Optional.empty();
            } catch (IOException _) {
                return Optional.empty();
            }
        }

        private static Map<String, Object> named(Map<?, ?> members) {
            return members.entrySet().stream()
                    .collect(Collectors.toMap(member -> String.valueOf(member.getKey()), Map.Entry::getValue));
        }
    }
}
