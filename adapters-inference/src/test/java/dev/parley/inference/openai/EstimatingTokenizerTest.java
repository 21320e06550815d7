package dev.parley.inference.openai;

import dev.parley.application.port.Tokenizer;
import dev.parley.application.port.TokenizerContract;
import org.junit.jupiter.api.AfterEach;

class EstimatingTokenizerTest extends TokenizerContract {

    private final Trial trial = Trial.of();

    @AfterEach
    void close() {
        trial.close();
    }

    @Override
    protected Tokenizer tokenizer() {
        return trial.provider::tokens;
    }
}
