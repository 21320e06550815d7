package dev.parley.rest.agents;

import dev.parley.domain.message.JsonText;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a tool as the Agents API lists them, out of the JSON Schema of its arguments: flat, and with the names of
 * Python's types (agents-api 2.3). What a schema says beyond that, clients of this API have no place for.
 */
final class ToolParameters {

    private ToolParameters() {}

    static List<ToolDefJson.Parameter> of(JsonText schema) {
        ObjectMembers object = ObjectMembers.of(schema);
        ObjectMembers properties = object.object("properties");
        Set<String> required = new HashSet<>();
        object.raw("required")
                .map(ObjectMembers::elements)
                .orElse(List.of())
                .forEach(name -> required.add(name.text()));
        return properties.names().stream()
                .map(name -> parameter(name, properties.object(name), required))
                .toList();
    }

    private static ToolDefJson.Parameter parameter(String name, ObjectMembers property, Set<String> required) {
        return new ToolDefJson.Parameter(
                name,
                type(property),
                property.string("description").orElse(""),
                required.contains(ObjectText.quoted(name).text()),
                property.given("default").orElse(null));
    }

    private static String type(ObjectMembers property) {
        Optional<String> single = property.string("type")
                .or(() -> property.raw("type").map(ObjectMembers::elements).orElse(List.of()).stream()
                        .map(RawJson::text)
                        .map(ToolParameters::unquoted)
                        .filter(type -> !type.equals("null"))
                        .findFirst());
        return single.map(type -> switch (type) {
                    case "string" -> "str";
                    case "integer" -> "int";
                    case "number" -> "float";
                    case "boolean" -> "bool";
                    case "array" ->
                        property.raw("items").isPresent()
                                ? "list[%s]".formatted(type(property.object("items")))
                                : "list";
                    case "object" -> "dict";
                    default -> type;
                })
                .orElse("Any");
    }

    private static String unquoted(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
