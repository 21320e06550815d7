package dev.parley.inference.testing;

import static dev.parley.inference.testing.UpstreamClient.asking;
import static dev.parley.inference.testing.UpstreamClient.rest;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DemoUpstreamTest {

    private static final Pattern CONTENT = Pattern.compile("\"delta\":\\{\"content\":\"([^\"]*)\"");

    private final ScriptedUpstream upstream = DemoUpstream.start(0, List.of("m"));
    private final UpstreamClient client = new UpstreamClient(upstream);

    @AfterEach
    void stop() {
        client.close();
        upstream.close();
    }

    @Test
    void saysTheLastMessageAgainWordByWord() throws Exception {
        String body = client.ask("Good  morning");

        assertThat(CONTENT.matcher(body).results().map(word -> word.group(1)))
                .containsExactly("You ", "said: ", "Good  ", "morning");
        assertThat(body).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void callsTheFirstToolOnceAndThenSaysItsAnswer() throws Exception {
        String tools = """
            ,"tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object","properties":\
            {"city":{"type":"string"},"days":{"type":"integer"},"deep":{"type":"boolean"}}}}},\
            {"type":"function","function":{"name":"other"}}]}\
            """;
        String user = "{\"role\":\"user\",\"content\":\"use a tool\"}";
        String request = "{\"model\":\"m\",\"stream\":true,\"messages\":[%s]" + tools;

        assertThat(rest(client.post(request.formatted(user))))
                .contains("\"name\":\"look\",\"arguments\":\"\"")
                .contains("{\\\"city\\\":\\\"demo\\\",\\\"days\\\":1,\\\"deep\\\":true}")
                .contains("\"finish_reason\":\"tool_calls\"")
                .doesNotContain("other");

        String answered =
                request.formatted(user + ",{\"role\":\"tool\",\"tool_call_id\":\"call_demo1\",\"content\":\"rain\"}");
        assertThat(text(rest(client.post(answered)))).isEqualTo("The tool says: rain");
    }

    @Test
    void sendsTimedChunks() throws Exception {
        assertThat(text(client.ask("timestamps 3 100"))).matches("(\\d+ ){3}");
    }

    @Test
    void knowsOnlyItsModels() throws Exception {
        HttpResponse<InputStream> response = client.post(asking("gpt-9", "hi"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(rest(response)).contains("The model `gpt-9` does not exist", "\"code\":\"model_not_found\"");
        assertThat(client.get("/models").body()).contains("\"id\":\"m\"");
    }

    @Test
    void answersStreamedRequestsOnly() throws Exception {
        HttpResponse<InputStream> response = client.post("{\"model\":\"m\",\"messages\":[]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(rest(response)).contains("stream");
    }

    private static String text(String body) {
        return CONTENT.matcher(body)
                .results()
                .map((MatchResult piece) -> piece.group(1))
                .collect(Collectors.joining());
    }
}
