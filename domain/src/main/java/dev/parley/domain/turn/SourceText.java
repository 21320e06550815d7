package dev.parley.domain.turn;

import dev.parley.domain.message.Content;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What a tool has brought as a model is shown it, with what of it can be cited behind it. */
final class SourceText {

    private SourceText() {}

    /** With the marks by which an answer can cite the sources, the first of which has that number. */
    static Content marked(ToolResponse response, int first) {
        return with(
                response,
                place -> Citing.mark(first + place) + ' ',
                "Right behind each statement that comes from one of these sources, write its mark, for example %s."
                        .formatted(Citing.mark(first)));
    }

    /** Without marks: it was for an earlier answer to cite. */
    static Content plain(ToolResponse response) {
        return with(response, _ -> "", "");
    }

    private static Content with(ToolResponse response, IntFunction<String> marks, String request) {
        List<Source> sources = response.sources();
        if (sources.isEmpty()) {
            return response.content();
        }
        List<String> texts = new ArrayList<>();
        texts.add("Sources:");
        for (int place = 0; place < sources.size(); place++) {
            Source source = sources.get(place);
            String name = marks.apply(place) + source.name();
            texts.add(source.text().isEmpty() ? name : name + '\n' + source.text());
        }
        if (!request.isEmpty()) {
            texts.add(request);
        }
        List<Part> parts = new ArrayList<>(response.content().parts());
        parts.removeIf(part -> part instanceof Part.Text(String text) && text.isEmpty());
        parts.add(new Part.Text(String.join("\n\n", texts)));
        return parts.stream().allMatch(Part.Text.class::isInstance)
                ? Content.of(String.join("\n\n", parts.stream().map(Part::text).toList()))
                : new Content.Parts(parts);
    }
}
