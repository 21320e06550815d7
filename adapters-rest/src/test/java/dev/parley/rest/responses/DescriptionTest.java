package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.json.ObjectMembers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the description of the interface says of requests (responses-api 1 and 6.5). */
final class DescriptionTest {

    private final ObjectMembers description = read();

    private static ObjectMembers read() {
        try (InputStream in = DescriptionTest.class.getResourceAsStream("/META-INF/swagger/parley.json")) {
            return ObjectMembers.of(new String(requireNonNull(in).readAllBytes(), UTF_8));
        } catch (IOException unreadable) {
            throw new AssertionError("no description", unreadable);
        }
    }

    private Set<String> members(String schema) {
        return description
                .object("components")
                .object("schemas")
                .object(schema)
                .object("properties")
                .names();
    }

    @Test
    void everyParameterIsThere() {
        assertThat(members("CreateResponseRequest"))
                .containsExactlyInAnyOrder(
                        "model",
                        "input",
                        "instructions",
                        "previous_response_id",
                        "conversation",
                        "include",
                        "tools",
                        "tool_choice",
                        "parallel_tool_calls",
                        "max_tool_calls",
                        "text",
                        "reasoning",
                        "temperature",
                        "top_p",
                        "presence_penalty",
                        "frequency_penalty",
                        "top_logprobs",
                        "max_output_tokens",
                        "truncation",
                        "stream",
                        "stream_options",
                        "background",
                        "store",
                        "metadata",
                        "service_tier",
                        "prompt_cache_key",
                        "prompt_cache_retention",
                        "prompt_cache_options",
                        "safety_identifier",
                        "user",
                        "context_management",
                        "guardrails");
        assertThat(members("ReasoningParam")).containsExactlyInAnyOrder("effort", "summary", "context", "mode");
        assertThat(members("ResponseTextParam")).containsExactlyInAnyOrder("format", "verbosity");
        assertThat(members("ResponseStreamOptions")).containsExactly("include_obfuscation");
        assertThat(members("ContextManagementParam")).containsExactlyInAnyOrder("type", "compact_threshold");
        assertThat(members("CreateConversationRequest")).containsExactlyInAnyOrder("items", "metadata");
        assertThat(members("AddConversationItemsRequest")).containsExactly("items");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/responses, post",
        "/v1/responses/{responseId}, get",
        "/v1/responses/{responseId}, delete",
        "/v1/responses/{responseId}/cancel, post",
        "/v1/responses/{responseId}/input_items, get",
        "/v1/conversations, post",
        "/v1/conversations/{conversationId}, get",
        "/v1/conversations/{conversationId}, post",
        "/v1/conversations/{conversationId}, delete",
        "/v1/conversations/{conversationId}/items, get",
        "/v1/conversations/{conversationId}/items, post",
        "/v1/conversations/{conversationId}/items/{itemId}, get",
        "/v1/conversations/{conversationId}/items/{itemId}, delete",
        "/v1/chat/completions, post",
        "/v1/embeddings, post"
    })
    void everyRouteIsThere(String path, String method) {
        assertThat(description.object("paths").object(path).names()).contains(method);
    }
}
