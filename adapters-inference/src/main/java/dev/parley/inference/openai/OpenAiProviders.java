package dev.parley.inference.openai;

import dev.parley.application.port.Cancellation;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import java.time.InstantSource;
import java.util.Random;

/** Opens providers of this kind. */
public final class OpenAiProviders {

    private OpenAiProviders() {}

    /** The provider that the settings describe. Nothing is sent until it is asked. */
    public static Provider open(ProviderSettings.OpenAiCompatible settings) {
        return new OpenAiProvider(settings, InstantSource.system(), new Random(), Cancellation::await);
    }
}
