package dev.parley.inference.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.ToolInput;
import dev.parley.domain.tool.ToolParameter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what a tool takes as the JSON Schema of an object. */
final class ToolSchemaWriter {

    private static final String DIALECT = "$schema";
    private static final Set<String> SCHEMA_TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");
    private static final Pattern OPTIONAL = Pattern.compile("optional\\[(.*)]");
    private static final Pattern LIST = Pattern.compile("(?:list|set|tuple|sequence|array)\\[(.*)]");

    private ToolSchemaWriter() {}

    static void write(JsonGenerator out, ToolInput input) throws IOException {
        switch (input) {
            case ToolInput.Undeclared _ -> writeParameters(out, List.of());
            case ToolInput.Parameters(var parameters) -> writeParameters(out, parameters);
            case ToolInput.Schema(var schema) -> {
                if (schema.text().strip().equals(JsonText.EMPTY_OBJECT.text())) {
                    writeParameters(out, List.of());
                } else {
                    writeSchema(out, schema);
                }
            }
        }
    }

    /** The schema as it is, but for the name of its dialect, at which some engines choke. */
    static void writeSchema(JsonGenerator out, JsonText schema) throws IOException {
        if (!schema.text().contains('"' + DIALECT + '"')) {
            out.writeRawValue(schema.text());
            return;
        }
        try (JsonParser in = JsonCodec.FACTORY.createParser(schema.text())) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                out.writeRawValue(schema.text());
                return;
            }
            out.writeStartObject();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                if (field.equals(DIALECT)) {
                    in.skipChildren();
                } else {
                    out.writeFieldName(field);
                    out.copyCurrentStructureExact(in);
                }
            }
            out.writeEndObject();
        }
    }

    private static void writeParameters(JsonGenerator out, List<ToolParameter> parameters) throws IOException {
        out.writeStartObject();
        out.writeStringField("type", "object");
        out.writeObjectFieldStart("properties");
        for (ToolParameter parameter : parameters) {
            out.writeObjectFieldStart(parameter.name());
            writeType(out, parameter.type());
            if (!parameter.description().isEmpty()) {
                out.writeStringField("description", parameter.description());
            }
            if (parameter.defaultValue().isPresent()) {
                out.writeFieldName("default");
                out.writeRawValue(parameter.defaultValue().get().text());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
        if (parameters.stream().anyMatch(ToolParameter::required)) {
            out.writeArrayFieldStart("required");
            for (ToolParameter parameter : parameters) {
                if (parameter.required()) {
                    out.writeString(parameter.name());
                }
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /** Clients write the types of Python as often as those of JSON Schema. */
    private static void writeType(JsonGenerator out, String given) throws IOException {
        String type = given.toLowerCase(Locale.ROOT).replace(" ", "");
        Matcher optional = OPTIONAL.matcher(type);
        if (optional.matches()) {
            writeType(out, optional.group(1));
            return;
        }
        if (type.endsWith("|none")) {
            writeType(out, type.substring(0, type.length() - "|none".length()));
            return;
        }
        Matcher list = LIST.matcher(type);
        if (list.matches()) {
            out.writeStringField("type", "array");
            out.writeObjectFieldStart("items");
            writeType(out, list.group(1).split(",", 2)[0]);
            out.writeEndObject();
            return;
        }
        String schemaType = switch (type) {
            case "int", "long" -> "integer";
            case "float", "double", "decimal" -> "number";
            case "bool" -> "boolean";
            case "list", "set", "tuple" -> "array";
            case "dict", "map" -> "object";
            case "none" -> "null";
            case "any", "" -> ""; // anything goes, which is said by saying nothing
            default -> type.startsWith("dict[") ? "object" : SCHEMA_TYPES.contains(type) ? type : "string";
        };
        if (!schemaType.isEmpty()) {
            out.writeStringField("type", schemaType);
        }
        if (schemaType.equals("array")) {
            out.writeObjectFieldStart("items"); // some engines refuse an array that does not say of what
            out.writeEndObject();
        }
    }
}
