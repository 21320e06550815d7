package dev.parley.rest.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.turn.Replay;
import dev.parley.domain.turn.Step;
import dev.parley.domain.turn.Turn;
import dev.parley.domain.turn.TurnState;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.RawJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds for every stream, whatever happens to its turn and however much of that its reader was told meanwhile. */
final class ResponseStreamPropertiesTest {

    private static final int TRIES = 3_000;
    private static final String[] ALL = {
        "message.output_text.logprobs", "reasoning.encrypted_content", "file_search_call.results"
    };

    @Test
    void everyStreamKeepsTheRulesAndEndsWithWhatIsReadAfterwards() {
        Set<String> ends = new HashSet<>();
        LongStream.range(0, TRIES).forEach(seed -> {
            Told told = new RandomLife(seed).play();
            String[] include = seed % 2 == 0 ? ALL : new String[0];
            StreamRules read = StreamRules.read(told.sse(include));

            ends.add(read.terminal());
            assertEndsAs(told.turn(), read, include);
            assertThat(read.endsWithAll() || told.turn().steps().stream().anyMatch(Step.Abandoned.class::isInstance))
                    .isTrue();
        });
        assertThat(ends).containsExactlyInAnyOrder("", "response.completed", "response.incomplete", "response.failed");
    }

    @Test
    void everyTurnThatIsToldAgainKeepsTheRules() {
        LongStream.range(0, TRIES).forEach(seed -> {
            Turn turn = new RandomLife(seed).play().turn();
            StreamRules read = StreamRules.read(Told.sse(Told.encoder(-1), Replay.of(turn, 0)));

            assertEndsAs(turn, read);
            assertThat(read.endsWithAll()).isTrue();
        });
    }

    @Test
    void whoComesBackIsToldTheRestWordForWord() {
        LongStream.range(0, 100).forEach(seed -> {
            Told told = new RandomLife(seed).play();
            List<String> frames = Arrays.asList(told.sse().split("(?<=\n\n)", 0));

            for (int last = 0; last < frames.size(); last += 3) {
                int from = Math.min(last + 1, frames.size() - 1);
                assertThat(told.sse(last)).isEqualTo(String.join("", frames.subList(from, frames.size())));
            }
        });
    }

    private static void assertEndsAs(Turn turn, StreamRules read, String... include) {
        String stored = ((RawJson) Told.RESPONSES.of(turn, Includes.of(Set.of(include)))).text();
        JsonField response = JsonField.body(stored.getBytes(UTF_8));
        String status = response.at("status").string();
        if (turn.state() instanceof TurnState.Cancelled) {
            assertThat(read.terminal()).isEmpty();
        } else {
            assertThat(read.terminal()).isEqualTo("response." + status);
        }
        boolean brokeInAnAnswer = !turn.steps().isEmpty() && turn.steps().getLast() instanceof Step.BrokenAnswer;
        if (turn.state() instanceof TurnState.Completed || brokeInAnAnswer) {
            assertThat(read.output())
                    .isEqualTo(response.at("output").list(item -> item.opaque().text()));
        }
    }
}
