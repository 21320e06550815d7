package dev.parley.inference.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Tokenizer;
import dev.parley.application.port.TokenizerContract;
import dev.parley.domain.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void aTextWithHalfAPairIsCountedToo() {
        assertThat(trial.provider.tokens(Trial.request(Message.User.of("a lone \uD800 half"))))
                .isGreaterThan(3);
    }
}
