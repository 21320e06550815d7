package dev.parley.application.safety;

import static dev.parley.application.safety.ScriptedJudges.shield;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownShieldsTest {

    private static final Owner OWNER = Owner.SOLE;

    private final KnownShields known = new ScriptedJudges().knowing(shield("standing", "strict"));
    private final AskShields ask = new AskShields(new ServerShields(known), known);

    @Test
    void thoseOfTheConfigurationAndThoseThatWereRegistered() {
        known.register(OWNER, shield("later", "lenient"));

        assertThat(known.all(OWNER)).extracting(RegisteredShield::id).containsExactly("later", "standing");
        assertThat(known.find(OWNER, "later")).isPresent();
        assertThat(known.find(OWNER, "never")).isEmpty();
    }

    @Test
    void whatTheConfigurationHasStands() {
        assertThat(refusal(() -> known.register(OWNER, shield("standing", "lenient")))
                        .code())
                .isEqualTo(Refusal.Code.CONFLICT);
        assertThat(refusal(() -> known.unregister(OWNER, "standing")).code()).isEqualTo(Refusal.Code.CONFLICT);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(refusal(() -> known.register(OWNER, shield("x", "nonsense"))).field())
                .contains("provider_shield_id");
        assertThat(refusal(() -> known.register(OWNER, new RegisteredShield("x", "magic", "x", JsonText.EMPTY_OBJECT)))
                        .explanation())
                .contains("'magic'", ScriptedJudges.ID);
        assertThat(known.find(OWNER, "x")).isEmpty();
    }

    @Test
    void aShieldIsForgottenOnce() {
        known.register(OWNER, shield("later", "lenient"));
        known.unregister(OWNER, "later");

        assertThat(refusal(() -> known.unregister(OWNER, "later")).code()).isEqualTo(Refusal.Code.NOT_FOUND);
    }

    @Test
    void askedOutsideOfTurns() {
        List<Message> bad = List.of(Message.User.of(ScriptedJudges.BAD));

        assertThat(ask.run(OWNER, "standing", bad)).isPresent();
        assertThat(ask.run(OWNER, "standing", List.of(Message.User.of("nice")))).isEmpty();
        assertThat(ask.run(OWNER, "standing", List.of())).isEmpty();
        assertThat(refusal(() -> ask.run(OWNER, "never", bad)).explanation()).contains("'never'", "standing");
    }

    @Test
    void aShieldThatCanNotSayIsUnavailable() {
        known.register(OWNER, shield("torn", "broken"));

        assertThat(refusal(() -> ask.run(OWNER, "torn", List.of(Message.User.of("x"))))
                        .code())
                .isEqualTo(Refusal.Code.UNAVAILABLE);
    }

    @Test
    void textsAreModeratedByAShieldOrItsModel() {
        assertThat(ask.moderate(OWNER, "standing", List.of("nice", ScriptedJudges.BAD)))
                .extracting(Judgement::objects)
                .containsExactly(false, true);
        assertThat(ask.moderate(OWNER, "strict", List.of(ScriptedJudges.BAD)))
                .extracting(Judgement::objects)
                .containsExactly(true);
        assertThat(refusal(() -> ask.moderate(OWNER, "never", List.of("x"))).field())
                .contains("model");
    }

    @Test
    void theOnlyShieldNeedsNoName() {
        assertThat(ask.standard(OWNER)).isEqualTo("standing");

        known.register(OWNER, shield("later", "lenient"));

        assertThat(refusal(() -> ask.standard(OWNER)).explanation()).contains("later, standing");
    }

    private static Refusal refusal(Runnable command) {
        return catchThrowableOfType(Refusal.class, command::run);
    }
}
