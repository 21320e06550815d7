package dev.parley.application.safety;

import dev.parley.application.port.RegisteredShields;
import dev.parley.application.port.ShieldProvider;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.safety.RegisteredShield;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which shields there are: those of the configuration, which stand, and those that were registered (agents-api 9.1). */
public final class KnownShields {

    private final List<RegisteredShield> declared;
    private final RegisteredShields registered;
    private final Map<String, ShieldProvider> providers;

    /**
     * @param declared those of the configuration
     * @throws Refusal when one of them makes no sense
     */
    public KnownShields(List<RegisteredShield> declared, RegisteredShields registered, List<ShieldProvider> providers) {
        this.declared = List.copyOf(declared);
        this.registered = registered;
        this.providers =
                providers.stream().collect(Collectors.toUnmodifiableMap(ShieldProvider::id, Function.identity()));
        this.declared.forEach(shield -> providerOf(shield).requireUsable(shield));
    }

    /** All of them, by their ids. Blocks on the store. */
    public List<RegisteredShield> all(Owner owner) {
        List<RegisteredShield> all = new ArrayList<>(declared);
        registered.all(owner).stream()
                .filter(shield -> declared(shield.id()).isEmpty())
                .forEach(all::add);
        return all.stream().sorted(Comparator.comparing(RegisteredShield::id)).toList();
    }

    /** The one of that id; empty when there is none. Blocks on the store for those that were registered. */
    public Optional<RegisteredShield> find(Owner owner, String id) {
        Optional<RegisteredShield> standing = declared(id);
        return standing.isPresent() ? standing : registered.find(owner, id);
    }

    /**
     * The one of that id. Blocks on the store for those that were registered.
     *
     * @param field where the caller has named it
     * @throws Refusal when there is none
     */
    RegisteredShield require(Owner owner, String id, String field) {
        return find(owner, id).orElseThrow(() -> {
            List<String> ids = all(owner).stream().map(RegisteredShield::id).toList();
            return Refusal.invalid(
                    field,
                    ids.isEmpty()
                            ? "Unknown shield '%s': this server has no shields; configure one below parley.shields, or register it by POST /v1/shields"
                                    .formatted(id)
                            : "Unknown shield '%s'. The shields are: %s".formatted(id, String.join(", ", ids)));
        });
    }

    /**
     * Keeps a shield from now on. Blocks on the store.
     *
     * @throws Refusal when its provider does not exist or can do nothing with it, or the configuration has one of its name
     */
    public RegisteredShield register(Owner owner, RegisteredShield shield) {
        if (declared(shield.id()).isPresent()) {
            throw Refusal.of(
                    Refusal.Code.CONFLICT,
                    "The shield '%s' is configured on the server and can't be replaced; choose another shield_id"
                            .formatted(shield.id()),
                    "shield_id");
        }
        providerOf(shield).requireUsable(shield);
        registered.put(owner, shield);
        return shield;
    }

    /**
     * Forgets a shield. Blocks on the store.
     *
     * @throws Refusal when the configuration has it, or nobody
     */
    public void unregister(Owner owner, String id) {
        if (declared(id).isPresent()) {
            throw Refusal.of(
                    Refusal.Code.CONFLICT,
                    "The shield '%s' is configured on the server; remove it there".formatted(id),
                    "identifier");
        }
        if (!registered.remove(owner, id)) {
            throw Refusal.of(Refusal.Code.NOT_FOUND, "Shield '%s' not found".formatted(id));
        }
    }

    /** The only provider there is, where a caller need not name one; empty when there are several. */
    public Optional<String> soleProvider() {
        return providers.size() == 1 ? providers.keySet().stream().findFirst() : Optional.empty();
    }

    /** @throws Refusal when there is none of that name */
    ShieldProvider providerOf(RegisteredShield shield) {
        ShieldProvider provider = providers.get(shield.providerId());
        if (provider == null) {
            throw Refusal.invalid(
                    "provider_id",
                    "Unknown provider of shields '%s'. The providers are: %s"
                            .formatted(
                                    shield.providerId(),
                                    providers.keySet().stream().sorted().collect(Collectors.joining(", "))));
        }
        return provider;
    }

    private Optional<RegisteredShield> declared(String id) {
        return declared.stream().filter(shield -> shield.id().equals(id)).findFirst();
    }
}
