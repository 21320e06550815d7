package dev.parley.rest.responses;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;

/** Where a stretch of an answer comes from, as clients are told of it (responses-api 5.7). */
final class CitationJson {

    private CitationJson() {}

    static RawJson of(Citation citation) {
        return switch (citation) {
            case Citation.Page(String url, String title, int start, int end) ->
                typed("url_citation")
                        .string("url", url)
                        .string("title", title)
                        .number("start_index", start)
                        .number("end_index", end)
                        .end();
            case Citation.File(String id, String filename, int place) ->
                typed("file_citation")
                        .string("file_id", id)
                        .string("filename", filename)
                        .number("index", place)
                        .end();
            case Citation.ContainerFile(String container, String id, String filename, int start, int end) ->
                typed("container_file_citation")
                        .string("container_id", container)
                        .string("file_id", id)
                        .string("filename", filename)
                        .number("start_index", start)
                        .number("end_index", end)
                        .end();
            case Citation.Opaque(JsonText json) -> RawJson.of(json);
        };
    }

    private static ObjectText typed(String type) {
        return new ObjectText().string("type", type);
    }
}
