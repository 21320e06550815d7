package dev.parley.bootstrap;

import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.RegisteredToolGroup;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The groups of tools under {@code parley.tools.groups}. Read from the property sources themselves: bound the usual way, names
 * lose their capitals and colons, arguments their underscores, and the environment variable of a group called {@code my-lab}
 * makes one called {@code my}.
 */
final class DeclaredToolGroups {

    private static final String PREFIX = "parley.tools.groups.";
    private static final String VARIABLE_PREFIX = "PARLEY_TOOLS_GROUPS_";
    private static final String ARGS = "args";
    private static final List<String> KEYS = List.of("id", "provider", "endpoint", ARGS);

    private final Environment environment;
    private final JsonMapper json;
    private final Map<String, Declared> groups = new TreeMap<>();

    private DeclaredToolGroups(Environment environment, JsonMapper json) {
        this.environment = environment;
        this.json = json;
    }

    /** What was said of one group, by key; the arguments as text, or one by one. */
    private record Declared(Map<String, String> given, Map<String, Object> args) {}

    /** @throws ConfigurationException when one makes no sense, naming the key */
    static List<RegisteredToolGroup> read(Environment environment, JsonMapper json) {
        DeclaredToolGroups declared = new DeclaredToolGroups(environment, json);
        List<PropertySource> sources = environment.getPropertySources().stream()
                .sorted(Comparator.comparingInt(PropertySource::getOrder))
                .toList();
        // files first among equals: variables are matched with the names that they have introduced
        sources.stream().filter(source -> !isVariables(source)).forEach(declared::readDotted);
        sources.stream().filter(DeclaredToolGroups::isVariables).forEach(declared::readVariables);
        int variables = sources.stream()
                .filter(DeclaredToolGroups::isVariables)
                .mapToInt(PropertySource::getOrder)
                .max()
                .orElse(Integer.MAX_VALUE);
        sources.stream()
                .filter(source -> !isVariables(source) && source.getOrder() > variables)
                .forEach(declared::readDotted);
        return declared.groups.entrySet().stream()
                .map(entry -> declared.group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static boolean isVariables(PropertySource source) {
        return source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE;
    }

    private void readDotted(PropertySource source) {
        for (String key : source) {
            Object value = source.get(key);
            if (!key.startsWith(PREFIX) || value == null) {
                continue;
            }
            String rest = key.substring(PREFIX.length());
            int dot = rest.indexOf('.');
            if (dot <= 0) {
                throw new ConfigurationException(
                        key + ": a tool group is a set of keys, such as " + PREFIX + "<name>.provider");
            }
            Declared group = group(rest.substring(0, dot));
            String what = rest.substring(dot + 1);
            if (what.startsWith(ARGS + '.')) {
                argument(key, what.substring(ARGS.length() + 1), value, group.args());
            } else {
                requireKnown(key, what);
                group.given().put(what, resolved(key, value.toString()));
            }
        }
    }

    private void readVariables(PropertySource source) {
        for (String variable : source) {
            Object value = source.get(variable);
            if (!variable.startsWith(VARIABLE_PREFIX) || value == null) {
                continue;
            }
            String rest = variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT);
            int last = rest.lastIndexOf('_');
            String what = rest.substring(last + 1);
            requireKnown(variable, last <= 0 ? "" : what);
            group(known(rest.substring(0, last))).given().put(what, resolved(variable, value.toString()));
        }
    }

    private Declared group(String name) {
        return groups.computeIfAbsent(name, _ -> new Declared(new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    /** The name that a file has introduced and that the variable can only mean, else the variable's own. */
    private String known(String fromVariable) {
        return groups.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "_")
                        .equals(fromVariable))
                .findFirst()
                .orElseGet(() -> fromVariable.replace('_', '-'));
    }

    private static void requireKnown(String key, String what) {
        if (!KEYS.contains(what)) {
            throw new ConfigurationException(
                    "%s: there is no such key of a tool group; the keys are %s".formatted(key, KEYS));
        }
    }

    @SuppressWarnings("unchecked") // what is put there below an argument's name is such a map
    private void argument(String key, String path, Object value, Map<String, Object> into) {
        int dot = path.indexOf('.');
        if (path.contains("[")) {
            return; // a list stands there as a whole, too
        }
        if (dot < 0) {
            into.put(path, resolvedInside(key, value));
        } else {
            argument(key, path.substring(dot + 1), value, (Map<String, Object>)
                    into.computeIfAbsent(path.substring(0, dot), _ -> new LinkedHashMap<>()));
        }
    }

    private RegisteredToolGroup group(String name, Declared declared) {
        Map<String, String> given = declared.given();
        String provider = given.get("provider");
        if (provider == null || provider.isBlank()) {
            throw new ConfigurationException(PREFIX + name + ".provider: must say who has the tools of the group");
        }
        return new RegisteredToolGroup(
                given.getOrDefault("id", name),
                provider,
                Optional.ofNullable(given.get("endpoint")).filter(endpoint -> !endpoint.isBlank()),
                args(name, declared));
    }

    private Optional<JsonText> args(String name, Declared declared) {
        String text = declared.given().get(ARGS);
        try {
            if (text == null) {
                return declared.args().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new JsonText(json.writeValueAsString(declared.args())));
            }
            JsonNode read = json.readValue(text, JsonNode.class);
            if (read != null && read.isObject()) {
                return Optional.of(new JsonText(text));
            }
        } catch (IOException _) {
            // said below, without the text: it may have a secret in it
        }
        throw new ConfigurationException(PREFIX + name + ".args: must be a JSON object, or keys below it");
    }

    private Object resolvedInside(String key, Object value) {
        return switch (value) {
            case CharSequence text -> resolved(key, text.toString());
            case List<?> list ->
                list.stream().map(item -> resolvedInside(key, item)).toList();
            default -> value;
        };
    }

    private String resolved(String key, String value) {
        try {
            return environment
                    .getPlaceholderResolver()
                    .resolveRequiredPlaceholders(value)
                    .strip();
        } catch (ConfigurationException unresolved) {
            throw new ConfigurationException(key + ": " + unresolved.getMessage(), unresolved);
        }
    }
}
