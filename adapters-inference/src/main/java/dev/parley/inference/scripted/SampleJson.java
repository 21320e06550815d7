package dev.parley.inference.scripted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON that fits a schema well enough, with what a person has said in its texts and numbers. */
final class SampleJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern QUOTED = Pattern.compile("[\"'“]([^\"'”]+)[\"'”]");
    private static final Pattern PROPER_NAME = Pattern.compile("(?<=[a-z,] )\\p{Lu}[\\p{L}\\d-]*");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");
    private static final int DEEPEST = 5;

    private final JsonGenerator out;
    private final String said;

    private SampleJson(JsonGenerator out, String said) {
        this.out = out;
        this.said = said;
    }

    /** Arguments for a tool. */
    static String forInput(ToolInput input, String said) {
        return switch (input) {
            case ToolInput.Undeclared _ -> "{}";
            case ToolInput.Schema(var schema) -> forSchema(schema.text(), said);
            case ToolInput.Parameters(var parameters) ->
                write(said, sample -> {
                    sample.out.writeStartObject();
                    for (ToolParameter parameter : parameters) {
                        if (parameter.required()) {
                            sample.out.writeFieldName(parameter.name());
                            if (parameter.defaultValue().isPresent()) {
                                sample.out.writeRawValue(
                                        parameter.defaultValue().get().text());
                            } else {
                                sample.writeType(parameter.type());
                            }
                        }
                    }
                    sample.out.writeEndObject();
                });
        };
    }

    /** A value for a schema; the schema of an object where it says nothing. */
    static String forSchema(String schema, String said) {
        return write(said, sample -> sample.writeValue(SchemaShape.of(schema), 0));
    }

    private interface Writing {
        void to(SampleJson sample) throws IOException;
    }

    private static String write(String said, Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            writing.to(new SampleJson(out, said));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.toString();
    }

    private void writeValue(SchemaShape shape, int depth) throws IOException {
        if (shape.fixed().isPresent()) {
            out.writeRawValue(shape.fixed().get());
        } else if (shape.type().equals("object") && depth < DEEPEST) {
            out.writeStartObject();
            for (var property : shape.properties().entrySet()) {
                if (shape.required().isEmpty() || shape.required().contains(property.getKey())) {
                    out.writeFieldName(property.getKey());
                    writeValue(property.getValue(), depth + 1);
                }
            }
            out.writeEndObject();
        } else if (!shape.elements().isEmpty() && depth < DEEPEST) {
            out.writeStartArray();
            for (SchemaShape element : shape.elements()) {
                writeValue(element, depth + 1);
            }
            out.writeEndArray();
        } else {
            writeType(shape.type());
        }
    }

    private void writeType(String type) throws IOException {
        switch (type.toLowerCase(Locale.ROOT)) {
            case "integer", "int", "number", "float" -> out.writeNumber(number());
            case "boolean", "bool" -> out.writeBoolean(true);
            case "null", "none" -> out.writeNull();
            case "object", "dict" -> {
                out.writeStartObject();
                out.writeEndObject();
            }
            case String array
            when array.startsWith("array") || array.startsWith("list") -> {
                out.writeStartArray();
                out.writeEndArray();
            }
            default -> out.writeString(words());
        }
    }

    /** What is quoted, else a name, else everything. */
    private String words() {
        Matcher quoted = QUOTED.matcher(said);
        if (quoted.find()) {
            return quoted.group(1);
        }
        Matcher name = PROPER_NAME.matcher(said);
        return name.find() ? name.group() : said;
    }

    private int number() {
        Matcher number = NUMBER.matcher(said);
        try {
            return number.find() ? Integer.parseInt(number.group()) : 1;
        } catch (NumberFormatException _) {
            return 1; // more digits than an int has
        }
    }
}
