package dev.parley.inference.scripted;

import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;

/** Opens providers of this kind. */
public final class ScriptedProviders {

    private ScriptedProviders() {}

    /** The provider that the settings describe. */
    public static Provider open(ProviderSettings.Scripted settings) {
        return new ScriptedProvider(settings);
    }
}
