package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Part;
import dev.parley.tools.testing.ScriptedMcp;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What models are shown of what tools bring. */
class ToolResultsTest {

    private final ScriptedMcp server = new ScriptedMcp();
    private final McpScene scene = McpScene.at(server.port());

    @AfterEach
    void stop() {
        scene.close();
        server.close();
    }

    @Test
    void textsStandOnLinesOfTheirOwn() throws ToolFailed {
        assertThat(brought("""
            {"content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}\
            """).content()).isEqualTo(Content.of("one\n" + "two"));
    }

    @Test
    void imagesStandBesideTheText() throws ToolFailed {
        assertThat(brought("""
            {"content":[{"type":"image","data":"iVBORw0KGgo=","mimeType":"image/png"},{"type":"text","text":"a dot"}]}\
            """).content())
                .isEqualTo(new Content.Parts(
                        List.of(new Part.Text("a dot"), new Part.Image(new ImageSource.Data("iVBORw0KGgo=")))));
    }

    @Test
    void whatCantBeShownIsSaidInWords() throws ToolFailed {
        assertThat(brought("""
            {"content":[
              {"type":"audio","data":"AAAA","mimeType":"audio/wav"},
              {"type":"resource","resource":{"uri":"file:///a.txt","mimeType":"text/plain","text":"inside"}},
              {"type":"resource","resource":{"uri":"file:///b.bin","mimeType":"application/x","blob":"AAAA"}},
              {"type":"resource_link","uri":"file:///c","name":"See"}]}\
            """).content().text()).isEqualTo("""
                [a sound of the type audio/wav, which can't be shown here]
                inside
                [file:///b.bin, of the type application/x, which can't be shown here]
                [See: file:///c]\
                """);
    }

    @Test
    void structuredContentIsForTheClientAndForTheModelWhereThereIsNothingElse() throws ToolFailed {
        Output both = brought("""
            {"content":[{"type":"text","text":"warm"}],"structuredContent":{"degrees":21}}\
            """);
        Output alone = brought("{\"content\":[],\"structuredContent\":{\"degrees\":21}}");

        assertThat(both.content()).isEqualTo(Content.of("warm"));
        assertThat(both.metadata()).contains(new JsonText("{\"structured_content\":{\"degrees\":21}}"));
        assertThat(alone.content()).isEqualTo(Content.of("{\"degrees\":21}"));
    }

    @Test
    void nothingIsAnEmptyText() throws ToolFailed {
        assertThat(brought("{\"content\":[]}").content()).isEqualTo(Content.of(""));
    }

    @Test
    void aFailureWithoutWordsIsAFailure() {
        server.result("echo", "{\"content\":[],\"isError\":true}");

        assertThat(scene.runFails(server.url(), "echo").explanation()).contains("failed, and not why");
    }

    private Output brought(String result) throws ToolFailed {
        return scene.run(server.result("echo", result.replace("\n", "")).url(), "echo");
    }
}
