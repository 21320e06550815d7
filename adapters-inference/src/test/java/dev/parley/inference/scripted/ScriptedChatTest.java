package dev.parley.inference.scripted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.application.port.BrokenOff;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ChatProxy;
import dev.parley.application.port.ChatProxyContract;
import dev.parley.domain.Refusal;
import dev.parley.inference.provider.ForwardedRequest;
import dev.parley.inference.provider.Provider;
import dev.parley.inference.provider.ProviderSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptedChatTest extends ChatProxyContract {

    private final Provider provider = ScriptedProviders.open(new ProviderSettings.Scripted("scripted", Duration.ZERO));

    @Override
    protected ChatProxy proxy() {
        return (endpoint, body, told, cancellation) ->
                provider.forward(ForwardedRequest.of(endpoint, body), told, cancellation);
    }

    @Override
    protected ChatProxy proxyWithoutEmbeddings() {
        return proxy();
    }

    @Test
    void aCompletionSaysWhatTheProviderSays() throws BrokenOff {
        ask("{\"model\":\"m\",\"max_tokens\":2,\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Good morning\"}]}]}");

        assertThat(receiver.body())
                .isEqualTo("{\"id\":\"chatcmpl-scripted\",\"object\":\"chat.completion\",\"created\":0,\"model\":\"m\","
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"No model\","
                        + "\"refusal\":null},\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":4,"
                        + "\"completion_tokens\":2,\"total_tokens\":6}}");
    }

    @Test
    void toolsAreCalledAndAnsweredInTheSameWords() throws BrokenOff {
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_time\",\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{\"zone\":{\"type\":\"string\"}}}}}]";
        ask("{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"get_time 'CET'\"}],"
                + tools + "}");

        assertThat(receiver.body())
                .contains(
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"get_time\",\"arguments\":\"\"}}]}",
                        "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"zone\\\":\\\"CET\\\"}\"}}]}",
                        "\"finish_reason\":\"tool_calls\"")
                .doesNotContain("usage");
    }

    @Test
    void anAnsweredCallIsReported() throws BrokenOff {
        ask(
                "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"think,"
                    + " then call the tool\"},{\"role\":\"assistant\",\"tool_calls\":["
                    + "{\"id\":\"call_7\",\"function\":{\"name\":\"get_time\",\"arguments\":\"{}\"}}]},"
                    + "{\"role\":\"tool\",\"tool_call_id\":\"call_7\",\"content\":\"noon\"}]}");

        assertThat(receiver.body())
                .contains("\"delta\":{\"reasoning\":\"I\"}", "\"content\":\" get_time\"", "\"content\":\" noon\"")
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void aRequestWithoutMessagesIsRefused() {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> ask("{\"model\":\"m\",\"messages\":[]}"));

        assertThat(refusal.field()).contains("messages");
    }

    private void ask(String body) throws BrokenOff {
        proxy().forward(ChatProxy.Endpoint.CHAT_COMPLETIONS, body.getBytes(UTF_8), receiver, new Cancellation());
    }
}
