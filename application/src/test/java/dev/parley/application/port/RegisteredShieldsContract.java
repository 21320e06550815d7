package dev.parley.application.port;

import static dev.parley.application.testing.StoreScene.someOwner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.Owner;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.safety.RegisteredShield;
import org.junit.jupiter.api.Test;

/** What every store of shields does. The store may hold the data of other tests. */
public abstract class RegisteredShieldsContract {

    private static final JsonText PARAMS = new JsonText("{\"words\": [\"a \\u0022b\\u0022\", \"ü\"], \"n\": 1.10}");

    private final Owner owner = someOwner();

    /** The store, which may be the same one for all tests. */
    protected abstract RegisteredShields shields();

    private static RegisteredShield shield(String id, String model) {
        return new RegisteredShield(id, "llama-guard", model, PARAMS);
    }

    @Test
    void aShieldComesBackExactly() {
        RegisteredShield shield = shield("meta-llama/Llama-Guard-3-8B", "guard::x");

        shields().put(owner, shield);

        assertThat(shields().find(owner, shield.id())).contains(shield);
        assertThat(shields().all(owner)).containsExactly(shield);
    }

    @Test
    void theLastOneOfAnIdStands() {
        shields().put(owner, shield("guard", "old"));
        shields().put(owner, shield("guard", "new"));

        assertThat(shields().all(owner)).containsExactly(shield("guard", "new"));
    }

    @Test
    void theyAreListedByTheirIds() {
        shields().put(owner, shield("b", "m"));
        shields().put(owner, shield("c", "m"));
        shields().put(owner, shield("a", "m"));

        assertThat(shields().all(owner)).extracting(RegisteredShield::id).containsExactly("a", "b", "c");
    }

    @Test
    void aForgottenShieldIsGone() {
        shields().put(owner, shield("guard", "m"));

        assertThat(shields().remove(owner, "guard")).isTrue();
        assertThat(shields().remove(owner, "guard")).isFalse();
        assertThat(shields().find(owner, "guard")).isEmpty();
        assertThat(shields().all(owner)).isEmpty();
    }

    @Test
    void nobodySeesThoseOfAnother() {
        shields().put(owner, shield("guard", "m"));
        Owner other = someOwner();

        assertThat(shields().find(other, "guard")).isEmpty();
        assertThat(shields().all(other)).isEmpty();
        assertThat(shields().remove(other, "guard")).isFalse();
        assertThat(shields().find(owner, "guard")).isPresent();
    }
}
