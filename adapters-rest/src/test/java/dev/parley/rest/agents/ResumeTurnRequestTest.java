package dev.parley.rest.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResumeTurnRequestTest {

    @Test
    void responsesAreRead() {
        assertThat(ResumeTurnRequest.read(Wire.in("""
            {"tool_responses":[{"call_id":"c1","tool_name":"get_bp","content":"-100","metadata":{"s": 1.10}},\
            {"call_id":"c2","tool_name":"get_bp","content":"x"}],"stream":true}\
            """)))
                .isEqualTo(new ResumeTurnRequest(
                        List.of(
                                new ToolResponse(
                                        "c1", "get_bp", Content.of("-100"), Optional.of(new JsonText("{\"s\": 1.10}"))),
                                new ToolResponse("c2", "get_bp", Content.of("x"), Optional.empty())),
                        true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                                                            | tool_responses
        {"tool_responses":{}}                                                         | tool_responses
        {"tool_responses":[{"tool_name":"t","content":"x"}]}                          | tool_responses[0].call_id
        {"tool_responses":[{"call_id":"c","content":"x"}]}                            | tool_responses[0].tool_name
        {"tool_responses":[{"call_id":"c","tool_name":"t"}]}                          | tool_responses[0].content
        {"tool_responses":[{"call_id":"c","tool_name":"t","content":null}]}           | tool_responses[0].content
        {"tool_responses":[{"call_id":"c","tool_name":"t","content":"x","metadata":5}]} | tool_responses[0].metadata
        {"tool_responses":[],"stream":1}                                              | stream
        """)
    void badInputIsRefusedInItsPlace(String json, String place) {
        assertThat(Wire.refusal(ResumeTurnRequest::read, json, place)).contains(place);
    }
}
