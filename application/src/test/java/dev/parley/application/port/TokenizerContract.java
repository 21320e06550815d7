package dev.parley.application.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.testing.AgentFixture;
import dev.parley.domain.agent.Sampling;
import dev.parley.domain.message.Message;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every count of tokens is, however exact. */
public abstract class TokenizerContract {

    private static final Message SHORT = Message.User.of("How are you today?");
    private static final Message LONG = Message.User.of("How are you today? ".repeat(50));

    protected abstract Tokenizer tokenizer();

    @Test
    void theSameIsAlwaysAsMuch() {
        assertThat(count(List.of(), SHORT)).isPositive().isEqualTo(count(List.of(), SHORT));
    }

    @Test
    void moreIsMore() {
        assertThat(count(List.of(), LONG)).isGreaterThan(10 * count(List.of(), SHORT));
        assertThat(count(List.of(), SHORT, Message.Assistant.of("Fine."), SHORT))
                .isGreaterThan(count(List.of(), SHORT));
    }

    @Test
    void toolsCount() {
        assertThat(count(List.of(AgentFixture.tool("measure")), SHORT)).isGreaterThan(count(List.of(), SHORT));
    }

    private long count(List<ToolDefinition> tools, Message... messages) {
        return tokenizer()
                .count(new InferenceRequest(
                        "a-model",
                        List.of(messages),
                        tools,
                        new ToolChoice.Auto(),
                        Sampling.DEFAULT,
                        Optional.empty()));
    }
}
