package dev.parley.application.safety;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has a shield judge something outside of any turn (agents-api 9.1). */
public final class AskShields {

    private final ServerShields shields;
    private final KnownShields known;

    public AskShields(ServerShields shields, KnownShields known) {
        this.shields = shields;
        this.known = known;
    }

    /**
     * What a shield objects to in a conversation; empty when it does not object. Blocks until it has judged.
     *
     * @throws Refusal when there is no such shield, or it can't say
     */
    public Optional<Violation> run(Owner owner, String shield, List<Message> messages) {
        known.require(owner, shield, "shield_id");
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        return judged(owner, shield, messages).violation();
    }

    /**
     * What a shield says of each of the texts. Blocks until it has judged all.
     *
     * @param shield its id, or what its provider calls it
     * @throws Refusal when there is no such shield, or it can't say
     */
    public List<Judgement> moderate(Owner owner, String shield, List<String> texts) {
        String id = idOf(owner, shield);
        List<Judgement> said = new ArrayList<>();
        for (String text : texts) {
            said.add(judged(owner, id, List.of(Message.User.of(text))));
        }
        return said;
    }

    /**
     * The shield that moderates where its caller names none: the only one there is.
     *
     * @throws Refusal when there is none, or more than one
     */
    public String standard(Owner owner) {
        List<RegisteredShield> all = known.all(owner);
        if (all.size() == 1) {
            return all.getFirst().id();
        }
        throw Refusal.invalid(
                "model",
                all.isEmpty()
                        ? "This server has no shields; configure one below parley.shields, or register it by POST"
                                + " /v1/shields"
                        : "Name the shield that is to judge as model; the shields are: %s"
                                .formatted(String.join(
                                        ", ",
                                        all.stream().map(RegisteredShield::id).toList())));
    }

    private String idOf(Owner owner, String name) {
        if (known.find(owner, name).isPresent()) {
            return name;
        }
        return known.all(owner).stream()
                .filter(shield -> shield.providerShieldId().equals(name))
                .map(RegisteredShield::id)
                .findFirst()
                .orElseGet(() -> known.require(owner, name, "model").id());
    }

    private static Touchpoint saidBy(List<Message> messages) {
        return messages.getLast() instanceof Message.Assistant ? Touchpoint.ASSISTANT_OUTPUT : Touchpoint.USER_INPUT;
    }

    private Judgement judged(Owner owner, String shield, List<Message> messages) {
        try {
            return shields.judge(owner, shield, saidBy(messages), messages, new Cancellation());
        } catch (BrokenOff unclear) {
            throw Refusal.of(Refusal.Code.UNAVAILABLE, unclear.failure().message());
        }
    }
}
