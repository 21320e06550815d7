package dev.parley.rest.agents;

import dev.parley.application.port.Tools.Output;
import dev.parley.application.port.Tools.ToolFailed;
import dev.parley.domain.message.Content;
import dev.parley.domain.message.Part;
import dev.parley.domain.tool.Source;
import dev.parley.rest.json.RawJson;
import dev.parley.rest.json.WireBody;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a tool that was run outside of turns (agents-api 2.3). */
@WireRecord
@Schema(name = "ToolInvocationResult")
record ToolInvocationJson(
        @Schema(description = "Interleaved content: a string, a content item or an array of them") @Nullable
        Object content,

        @Nullable String errorMessage,
        @Nullable Integer errorCode,
        @Nullable RawJson metadata)
        implements WireBody {

    /** Any failure; there is but one kind. */
    private static final int FAILED = 1;

    static ToolInvocationJson of(Output output) {
        return new ToolInvocationJson(
                ContentJson.of(content(output)),
                null,
                null,
                output.metadata().map(RawJson::of).orElse(null));
    }

    static ToolInvocationJson of(ToolFailed failed) {
        return new ToolInvocationJson(
                null,
                failed.explanation(),
                FAILED,
                failed.metadata().map(RawJson::of).orElse(null));
    }

    /** What an answer could cite stands behind the content: there is no other place for it here. */
    private static Content content(Output output) {
        if (output.sources().isEmpty()) {
            return output.content();
        }
        List<Part> parts = new ArrayList<>(output.content().parts());
        for (Source source : output.sources()) {
            parts.add(new Part.Text("%s\n%s".formatted(source.name(), source.text())));
        }
        return new Content.Parts(parts);
    }
}
