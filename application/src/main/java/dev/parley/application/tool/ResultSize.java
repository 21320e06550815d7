package dev.parley.application.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.application.port.Tools.Output;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.ImageSource;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.Source;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts results that are too large for a model, and tells it so: what there is of them may do, and if not it knows to ask for
 * less. A result that is large enough to be cut is most often text of which the beginning matters.
 */
final class ResultSize {

    private final int limit;
    private int left;
    private boolean cut;

    private ResultSize(int limit) {
        this.limit = limit;
        this.left = limit;
    }

    /** The output with so many bytes for the model at most, but for the sentence that says that there were more. */
    static Output limited(Output output, int limit) {
        ResultSize size = new ResultSize(limit);
        List<Part> parts = new ArrayList<>();
        output.content().parts().forEach(part -> size.take(part, parts));
        List<Source> sources = output.sources().stream().map(size::take).toList();
        if (!size.cut) {
            return output;
        }
        parts.add(new Part.Text(
                "[This result was cut: it is larger than the %d bytes that a model is given of one. Ask for less of it.]"
                        .formatted(size.limit)));
        return new Output(new Content.Parts(parts), output.metadata(), sources);
    }

    private void take(Part part, List<Part> into) {
        switch (part) {
            case Part.Text(String text) -> {
                String fitting = take(text);
                if (!fitting.isEmpty() || text.isEmpty()) {
                    into.add(new Part.Text(fitting));
                }
            }
            case Part.Image(ImageSource source) -> {
                // half an image is none
                if (takesWhole(
                        switch (source) {
                            case ImageSource.Uri(String uri) -> uri;
                            case ImageSource.Data(String base64) -> base64;
                        })) {
                    into.add(part);
                }
            }
        }
    }

    private Source take(Source source) {
        String fitting = take(source.text());
        return switch (source) {
            case Source.Page page -> new Source.Page(page.url(), page.title(), fitting);
            case Source.File file -> new Source.File(file.fileId(), file.filename(), fitting);
            case Source.ContainerFile file ->
                new Source.ContainerFile(file.containerId(), file.fileId(), file.filename(), fitting);
        };
    }

    private boolean takesWhole(String text) {
        if (text.length() > left) {
            cut = true;
            return false;
        }
        left -= text.length();
        return true;
    }

    private String take(String text) {
        CharBuffer whole = CharBuffer.wrap(text);
        ByteBuffer space = ByteBuffer.allocate(Math.clamp(3L * text.length(), 0, left));
        if (UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(whole, space, true)
                .isOverflow()) {
            cut = true;
            left = 0;
        } else {
            left -= space.position();
        }
        return text.substring(0, whole.position());
    }
}
