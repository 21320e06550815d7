package dev.parley.inference.config;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.naming.NameUtils;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys under {@code parley.inference}, sorted into those of each provider, those of each alias and the rest.
 *
 * <p>Read from the property sources themselves: bound the usual way, a map's keys lose their dots and capitals, which
 * names of models have, and the environment variable of a provider called {@code my-box} makes one called {@code my}.
 */
final class GivenKeys {

    private static final Logger LOG = LoggerFactory.getLogger(GivenKeys.class);

    private static final String PREFIX = "parley.inference.";
    private static final String PROVIDERS = "providers.";
    private static final String MODELS = "models.";
    private static final String VARIABLE_PREFIX = "PARLEY_INFERENCE_";
    private static final String HEADERS = "headers.";

    private final Environment environment;
    private final Map<String, Given> general = new TreeMap<>();
    private final Map<String, Map<String, Given>> providers = new TreeMap<>();
    private final Map<String, Map<String, Given>> aliases = new TreeMap<>();

    private GivenKeys(Environment environment) {
        this.environment = environment;
    }

    /** @throws ConfigurationException when a key can't be one of ours, naming it */
    static GivenKeys of(Environment environment) {
        GivenKeys keys = new GivenKeys(environment);
        List<PropertySource> sources = environment.getPropertySources().stream()
                .sorted(Comparator.comparingInt(PropertySource::getOrder))
                .toList();
        // variables last among equals: they are matched with the names that the files have introduced
        sources.stream().filter(source -> !isVariables(source)).forEach(keys::readDotted);
        sources.stream().filter(GivenKeys::isVariables).forEach(keys::readVariables);
        sources.stream()
                .filter(source -> !isVariables(source) && source.getOrder() > orderOfVariables(sources))
                .forEach(keys::readDotted);
        return keys;
    }

    Map<String, Given> general() {
        return general;
    }

    /** By the provider's name, its keys without that; headers as {@code headers.<name>}. */
    Map<String, Map<String, Given>> providers() {
        return providers;
    }

    /** By alias, its keys without that. */
    Map<String, Map<String, Given>> aliases() {
        return aliases;
    }

    private static boolean isVariables(PropertySource source) {
        return source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE;
    }

    private static int orderOfVariables(List<PropertySource> sources) {
        return sources.stream()
                .filter(GivenKeys::isVariables)
                .mapToInt(PropertySource::getOrder)
                .max()
                .orElse(Integer.MAX_VALUE);
    }

    private void readDotted(PropertySource source) {
        for (String key : source) {
            if (key.startsWith(PREFIX) && source.get(key) != null) {
                Given given = new Given(key, resolved(key, source.get(key)));
                String rest = key.substring(PREFIX.length());
                if (rest.startsWith(PROVIDERS)) {
                    provider(given, rest.substring(PROVIDERS.length()));
                } else if (rest.startsWith(MODELS)) {
                    alias(given, rest.substring(MODELS.length()));
                } else {
                    general.put(hyphenated(rest), given);
                }
            }
        }
    }

    private void provider(Given given, String rest) {
        int dot = rest.indexOf('.');
        if (dot <= 0) {
            throw new ConfigurationException(
                    given.key() + ": a provider is a set of keys, such as " + PREFIX + PROVIDERS + "<name>.base-url");
        }
        String key = rest.substring(dot + 1);
        providers
                .computeIfAbsent(rest.substring(0, dot), _ -> new HashMap<>())
                .put(key.startsWith(HEADERS) ? key : hyphenated(key), given);
    }

    /** The last segment is the key: the names of models have dots too. */
    private void alias(Given given, String rest) {
        int dot = rest.lastIndexOf('.');
        if (dot <= 0) {
            throw new ConfigurationException(given.key() + ": an alias is a set of keys: " + PREFIX + MODELS
                    + "<alias>.provider and " + PREFIX + MODELS + "<alias>.model");
        }
        aliases.computeIfAbsent(rest.substring(0, dot), _ -> new HashMap<>())
                .put(hyphenated(rest.substring(dot + 1)), given);
    }

    private void readVariables(PropertySource source) {
        for (String variable : source) {
            Object value = source.get(variable);
            if (variable.startsWith(VARIABLE_PREFIX) && value != null) {
                // not a mistake for sure: a cluster adds variables of its own for a service of this name
                if (!readVariable(new Given(variable, resolved(variable, value)))) {
                    LOG.warn("environment variable {} is none that Parley knows; it is ignored", variable);
                }
            }
        }
    }

    private boolean readVariable(Given given) {
        String rest = given.key()
                .substring(VARIABLE_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        if (rest.startsWith("providers-")) {
            return readHeader(given, rest.substring("providers-".length()))
                    || readNamed(given, rest.substring("providers-".length()), Keys.PROVIDER, providers);
        }
        if (rest.startsWith("models-")) {
            return readNamed(given, rest.substring("models-".length()), Keys.ALIAS, aliases);
        }
        if (Keys.GENERAL.contains(rest)) {
            general.put(rest, given);
            return true;
        }
        return false;
    }

    private static boolean readNamed(
            Given given, String rest, List<String> keys, Map<String, Map<String, Given>> into) {
        Optional<String> key = keys.stream()
                .filter(known -> rest.endsWith("-" + known) && rest.length() > known.length() + 1)
                .max(Comparator.comparingInt(String::length));
        key.ifPresent(known -> into.computeIfAbsent(
                        known(into, rest.substring(0, rest.length() - known.length() - 1)), _ -> new HashMap<>())
                .put(known, given));
        return key.isPresent();
    }

    private boolean readHeader(Given given, String rest) {
        int at = rest.indexOf("-headers-");
        if (at <= 0) {
            return false;
        }
        providers
                .computeIfAbsent(known(providers, rest.substring(0, at)), _ -> new HashMap<>())
                .put(HEADERS + rest.substring(at + "-headers-".length()), given);
        return true;
    }

    /** The name that a file has introduced and that the variable can only mean, else the variable's own. */
    private static String known(Map<String, Map<String, Given>> sections, String fromVariable) {
        return sections.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]", "-")
                        .equals(fromVariable))
                .findFirst()
                .orElse(fromVariable);
    }

    private String resolved(String key, Object value) {
        try {
            return environment
                    .getPlaceholderResolver()
                    .resolveRequiredPlaceholders(value.toString())
                    .strip();
        } catch (ConfigurationException unresolved) {
            throw new ConfigurationException(key + ": " + unresolved.getMessage(), unresolved);
        }
    }

    private static String hyphenated(String key) {
        return NameUtils.hyphenate(key, true);
    }
}
