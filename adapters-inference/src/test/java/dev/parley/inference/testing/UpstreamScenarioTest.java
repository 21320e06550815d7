package dev.parley.inference.testing;

import static dev.parley.inference.testing.UpstreamClient.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario arrives at an ordinary client as it was written. */
@Timeout(30)
class UpstreamScenarioTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final UpstreamClient client = new UpstreamClient(upstream);

    @AfterEach
    void stop() {
        client.close();
        upstream.close();
    }

    static Stream<UpstreamScenario> whole() {
        return Stream.of(
                        TextScenario.values(),
                        FramingScenario.values(),
                        ToolCallScenario.values(),
                        ErrorScenario.values(),
                        FaultScenario.values())
                .flatMap(Stream::of)
                .map(UpstreamScenario.class::cast)
                .filter(scenario -> scenario.reply().last() instanceof Move.End);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void arrivesWhole(UpstreamScenario scenario) throws Exception {
        upstream.enqueue(scenario.reply());

        HttpResponse<InputStream> response = client.post("{}");

        Move.Head head = (Move.Head) scenario.reply().moves().getFirst();
        assertThat(response.statusCode()).isEqualTo(head.status());
        head.headers()
                .forEach((name, value) ->
                        assertThat(response.headers().firstValue(name)).hasValue(value));
        assertThat(rest(response)).isEqualTo(scenario.reply().bodyText());
    }

    @ParameterizedTest
    @EnumSource(FaultScenario.class)
    void breaksOrStallsAsItSays(FaultScenario scenario) throws Exception {
        switch (scenario.reply().last()) {
            case Move.End _ -> assertThat(scenario.reply().bodyText()).isNotNull();
            case Move.Cut _ -> {
                upstream.enqueue(scenario.reply());
                assertThatIOException().isThrownBy(() -> client.ask("?"));
                assertThat(upstream.clientsGone()).isEmpty();
            }
            case Move.Stall _ -> {
                upstream.enqueue(scenario.reply());
                RawClient raw = new RawClient(upstream).ask("?");
                upstream.awaitRequest(1);
                raw.close();
                assertThat(upstream.awaitClientGone(Duration.ofSeconds(10)).request())
                        .isEqualTo(upstream.awaitRequest(1));
            }
        }
    }

    /** Every stream but the ones that are broken on purpose is made of chunks that parse. */
    @ParameterizedTest
    @EnumSource(ToolCallScenario.class)
    void callsAreWellFormedChunks(ToolCallScenario scenario) {
        assertThat(scenario.reply().bodyText().lines().filter(line -> line.startsWith("data: {")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Json.parseObject(line.substring("data: ".length())))
                        .containsKey("choices"));
    }

    @ParameterizedTest
    @EnumSource(TextScenario.class)
    void textsAreWellFormedChunks(TextScenario scenario) {
        assertThat(scenario.reply().bodyText().lines().filter(line -> line.startsWith("data: {")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Json.parseObject(line.substring("data: ".length())))
                        .containsKey("choices"));
    }
}
