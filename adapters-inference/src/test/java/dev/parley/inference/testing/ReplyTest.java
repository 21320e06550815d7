package dev.parley.inference.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyTest {

    private static final Move.Head HEAD = new Move.Head(200, Map.of("Transfer-Encoding", "chunked"));

    @Test
    void mustEndInOneLastMove() {
        assertThatThrownBy(() -> new Reply(List.of(HEAD))).hasMessageContaining("must end in");
        assertThatThrownBy(() -> new Reply(List.of(HEAD, new Move.Stall(), new Move.End(false))))
                .hasMessageContaining("must be the last move");
    }

    @Test
    void needsAHeadBeforeABody() {
        assertThatThrownBy(() -> Reply.unsent(Engine.VLLM).text("Hel").end()).hasMessageContaining("head before");
    }

    @Test
    void keepsItsBodyHoweverItIsCutUp() {
        Reply reply = Reply.stream().opening().textCutAt("ü", 1).done().end();

        assertThat(writes(reply)).hasSize(4);
        assertThat(writes(reply.joined())).containsExactly(reply.bodyText());
        assertThat(writes(reply.byteByByte())).hasSize(reply.bodyText().getBytes(StandardCharsets.UTF_8).length);
        assertThat(reply.byteByByte().bodyText()).isEqualTo(reply.bodyText());
        assertThat(reply.byteByByte().joined()).isEqualTo(reply.joined());
    }

    @Test
    void cutsATextInsideACharacter() {
        byte[] first =
                ((Move.Write) Reply.stream().textCutAt("ü", 1).end().moves().get(1)).toArray();

        assertThat(new String(first, StandardCharsets.ISO_8859_1)).endsWith("{\"content\":\"\u00c3");
    }

    @Test
    void changesLineEndsAndHeaders() {
        Reply reply = Reply.stream().comment("hi").end().withLineEnds("\r\n").withHeader("X-Request-Id", "r1");

        assertThat(reply.bodyText()).isEqualTo(": hi\r\n\r\n");
        assertThat(reply.moves().getFirst())
                .isInstanceOfSatisfying(
                        Move.Head.class,
                        head -> assertThat(head.headers())
                                .containsEntry("X-Request-Id", "r1")
                                .containsEntry("Transfer-Encoding", "chunked"));
    }

    @Test
    void writesWhatTheEnginesWrite() {
        Reply reply = Reply.stream(Engine.VLLM)
                .reasoning("reasoning", "Hm")
                .toolCall(0, "a", "f", "{\"x\":1}")
                .toolCalls(new ToolCallDelta().rawArguments("null"))
                .finish("tool_calls")
                .usage(3, 4)
                .end();

        assertThat(reply.bodyText().lines().filter(line -> !line.isEmpty()))
                .allSatisfy(line -> assertThat(Json.parseObject(line.substring("data: ".length())))
                        .containsEntry("object", "chat.completion.chunk"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"delta\":{\"reasoning\":\"Hm\"}"),
                        line -> assertThat(line)
                                .contains("{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":"
                                        + "{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}"),
                        line -> assertThat(line).contains("[{\"function\":{\"arguments\":null}}]"),
                        line -> assertThat(line).contains("\"finish_reason\":\"tool_calls\""),
                        line -> assertThat(line)
                                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"total_tokens\":7"));
    }

    private static List<String> writes(Reply reply) {
        return reply.moves().stream()
                .filter(Move.Write.class::isInstance)
                .map(write -> new String(((Move.Write) write).toArray(), StandardCharsets.UTF_8))
                .toList();
    }
}
