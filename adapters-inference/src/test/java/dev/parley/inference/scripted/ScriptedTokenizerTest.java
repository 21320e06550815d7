package dev.parley.inference.scripted;

import dev.parley.application.port.Tokenizer;
import dev.parley.application.port.TokenizerContract;
import dev.parley.inference.provider.ProviderSettings;
import java.time.Duration;

class ScriptedTokenizerTest extends TokenizerContract {

    @Override
    protected Tokenizer tokenizer() {
        return ScriptedProviders.open(new ProviderSettings.Scripted("scripted", Duration.ZERO))::tokens;
    }
}
