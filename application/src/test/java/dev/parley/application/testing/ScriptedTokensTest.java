package dev.parley.application.testing;

import dev.parley.application.port.Tokens;
import dev.parley.application.port.TokensContract;

class ScriptedTokensTest extends TokensContract {

    @Override
    protected Tokens tokens() {
        return new ScriptedTokens();
    }
}
