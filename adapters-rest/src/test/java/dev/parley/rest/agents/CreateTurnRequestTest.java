package dev.parley.rest.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.RequestKey;
import dev.parley.application.turn.CreateTurn;
import dev.parley.application.turn.GivenDocument;
import dev.parley.domain.agent.AgentId;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Part;
import dev.parley.domain.session.SessionId;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.domain.tool.ToolGroup;
import dev.parley.domain.turn.Document;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CreateTurnRequestTest {

    private static final AgentId AGENT = new AgentId("a");
    private static final SessionId SESSION = new SessionId("s");

    @Test
    void onlyMessagesAreNeeded() {
        assertThat(read("""
            {"messages":[{"role":"user","content":"hi"}]}\
            """))
                .isEqualTo(new CreateTurnRequest(
                        List.of(Message.User.of("hi")), List.of(), List.of(), Optional.empty(), false));
    }

    @Test
    void everythingIsRead() {
        assertThat(read("""
            {"messages":[{"role":"user","content":"hi","context":"c"},\
            {"role":"tool","call_id":"call_1","content":[{"type":"text","text":"r"}]}],\
            "documents":[{"content":"text","mime_type":"text/plain","document_id":"d","metadata":{}},\
            {"content":{"type":"text","text":"x"},"mime_type":"text/markdown; charset=utf-8"},\
            {"content":[{"type":"text","text":"y"}],"mime_type":"application/yaml"},\
            {"content":"https://example.com/a.txt","mime_type":"text/html"},\
            {"content":{"uri":"https://example.com/b.pdf"},"mime_type":"application/pdf"},\
            {"content":{"type":"url","uri":"data:text/plain,x"},"mime_type":"text/plain"}],\
            "toolgroups":["builtin::rag",{"name":"g","args":{"a":1}}],\
            "tool_config":{"tool_choice":"required","tool_prompt_format":"json"},\
            "stream":true,"instructions":"ignored"}\
            """))
                .isEqualTo(new CreateTurnRequest(
                        List.of(
                                new Message.User(Content.of("hi"), Optional.of(Content.of("c"))),
                                new Message.Tool("call_1", new Content.Parts(List.of(new Part.Text("r"))))),
                        List.of(
                                atHand(Content.of("text"), "text/plain"),
                                atHand(new Content.Single(new Part.Text("x")), "text/markdown; charset=utf-8"),
                                atHand(new Content.Parts(List.of(new Part.Text("y"))), "application/yaml"),
                                atHand(Content.of("https://example.com/a.txt"), "text/html"),
                                new GivenDocument.ByUrl("https://example.com/b.pdf", "application/pdf"),
                                new GivenDocument.ByUrl("data:text/plain,x", "text/plain")),
                        List.of(
                                new ToolGroup("builtin::rag", Optional.empty()),
                                new ToolGroup("g", Optional.of(new JsonText("{\"a\":1}")))),
                        Optional.of(new ToolChoice.Required()),
                        true));
    }

    @Test
    void nullsAreTheSameAsNothing() {
        assertThat(read("""
            {"messages":[{"role":"user","content":"hi","context":null}],\
            "documents":null,"toolgroups":null,"tool_config":null,"stream":null}\
            """)).isEqualTo(read("""
                {"messages":[{"role":"user","content":"hi"}]}\
                """));
    }

    @Test
    void aToolConfigWithoutAChoiceLeavesTheAgentsOwn() {
        assertThat(read("""
            {"messages":[],"tool_config":{"system_message_behavior":"append"}}\
            """).toolChoice()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hi\"",
                "\"\"",
                "{\"type\":\"text\",\"text\":\"hi\"}",
                "[]",
                "[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"text\",\"text\":\"\"}]",
                "{\"type\":\"image\",\"image\":{\"url\":{\"uri\":\"https://example.com/x.png\"},\"data\":null}}",
                "[{\"type\":\"image\",\"image\":{\"url\":null,\"data\":\"iVBORw0K\"}}]"
            })
    void contentComesBackInTheShapeItCameIn(String content) {
        Message.Input message = read("{\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}")
                .messages()
                .getFirst();

        assertThat(Wire.out(MessageJson.of(message)))
                .isEqualTo("{\"role\":\"user\",\"content\":" + content + ",\"context\":null}");
    }

    @Test
    void imagesAreRead() {
        assertThat(read("""
            {"messages":[{"role":"user","content":[\
            {"type":"image","image":{"url":{"uri":"u"}}},{"type":"image","image":{"data":"d"}}]}]}\
            """).messages())
                .containsExactly(new Message.User(
                        new Content.Parts(List.of(
                                new Part.Image(new ImageSource.Uri("u")), new Part.Image(new ImageSource.Data("d")))),
                        Optional.empty()));
    }

    @Test
    void toolMessagesComeBack() {
        String message = """
            {"role":"tool","call_id":"c","content":"r"}\
            """;

        assertThat(Wire.out(MessageJson.of(
                        read("{\"messages\":[" + message + "]}").messages().getFirst())))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                                                          | messages
        {"messages":null}                                                           | messages
        {"messages":{}}                                                             | messages
        {"messages":["hi"]}                                                         | messages[0]
        {"messages":[{"content":"hi"}]}                                             | messages[0].role
        {"messages":[{"role":"user"}]}                                              | messages[0].content
        {"messages":[{"role":"user","content":null}]}                               | messages[0].content
        {"messages":[{"role":"user","content":5}]}                                  | messages[0].content
        {"messages":[{"role":"user","content":["hi"]}]}                             | messages[0].content[0]
        {"messages":[{"role":"user","content":{"text":"hi"}}]}                      | messages[0].content.type
        {"messages":[{"role":"user","content":{"type":"video"}}]}                   | messages[0].content.type
        {"messages":[{"role":"user","content":{"type":"text"}}]}                    | messages[0].content.text
        {"messages":[{"role":"user","content":{"type":"image","image":"u"}}]}       | messages[0].content.image
        {"messages":[{"role":"user","content":{"type":"image","image":{}}}]}        | messages[0].content.image
        {"messages":[{"role":"user","content":{"type":"image","image":{"url":{"uri":"u"},"data":"d"}}}]} | messages[0].content.image
        {"messages":[{"role":"user","content":{"type":"image","image":{"url":"u"}}}]} | messages[0].content.image.url
        {"messages":[{"role":"user","content":"hi","context":5}]}                   | messages[0].context
        {"messages":[{"role":"tool","content":"hi"}]}                               | messages[0].call_id
        {"messages":[{"role":"system","content":"hi"}]}                             | messages[0].role
        {"messages":[{"role":"assistant","content":"hi"}]}                          | messages[0].role
        {"messages":[{"role":"robot","content":"hi"}]}                              | messages[0].role
        {"messages":[],"stream":"yes"}                                              | stream
        {"messages":[],"toolgroups":"g"}                                            | toolgroups
        {"messages":[],"tool_config":{"tool_choice":5}}                             | tool_config.tool_choice
        {"messages":[],"tool_config":{"tool_prompt_format":"xml"}}                  | tool_config.tool_prompt_format
        {"messages":[],"documents":[{"content":"x"}]}                               | documents[0].mime_type
        {"messages":[],"documents":[{"mime_type":"text/plain"}]}                    | documents[0].content
        {"messages":[],"documents":[{"content":"x","mime_type":"application/pdf"}]} | documents[0].mime_type
        {"messages":[],"documents":[{"content":{"uri":5},"mime_type":"text/plain"}]} | documents[0].content.uri
        {"messages":[],"documents":[{"content":{"type":"url","uri":"u"}}]} | documents[0].mime_type
        {"messages":[],"documents":[{"content":{"type":"image","image":{"data":"d"}},"mime_type":"image/png"}]} | documents[0].content
        """)
    void badInputIsRefusedInItsPlace(String json, String place) {
        assertThat(Wire.refusal(CreateTurnRequest::read, json, place)).contains(place);
    }

    @Test
    void whatIsNotAvailableIsSaidInWords() {
        assertThat(Wire.refusal(
                        CreateTurnRequest::read,
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}",
                        "messages[0].role"))
                .contains("instructions belong to the agent");
    }

    @Test
    void theSameMeaningHasTheSameFingerprint() {
        String plain = fingerprint("""
            {"messages":[{"role":"user","content":"hi"}]}\
            """);

        assertThat(plain).matches("[0-9a-f]{64}");
        assertThat(fingerprint("""
            {"stream":true, "documents":null,"toolgroups":[], "unknown":5,
             "messages":[{"content":"hi","context":null,"role":"user"}]}\
            """)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"ho\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"toolgroups\":[\"g\"]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tool_config\":{\"tool_choice\":\"none\"}}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"documents\":[{\"content\":\"x\",\"mime_type\":\"text/plain\"}]}"
            })
    void anotherMeaningHasAnother(String json) {
        assertThat(fingerprint(json)).isNotEqualTo(fingerprint("""
            {"messages":[{"role":"user","content":"hi"}]}\
            """));
    }

    @Test
    void withoutANameARequestHasNoKey() {
        CreateTurn.Command command = read("""
            {"messages":[{"role":"user","content":"hi"}]}\
            """).command(AGENT, SESSION, null, Wire.JSON);

        assertThat(command.request()).isEmpty();
    }

    private static String fingerprint(String json) {
        return read(json)
                .command(AGENT, SESSION, "key", Wire.JSON)
                .request()
                .map(RequestKey::fingerprint)
                .orElseThrow();
    }

    private static CreateTurnRequest read(String json) {
        return CreateTurnRequest.read(Wire.in(json));
    }

    private static GivenDocument atHand(Content content, String mimeType) {
        return new GivenDocument.AtHand(new Document(content, mimeType));
    }
}
