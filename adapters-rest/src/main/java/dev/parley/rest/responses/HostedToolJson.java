package dev.parley.rest.responses;

import dev.parley.domain.Refusal;
import dev.parley.rest.json.ObjectText;
import dev.parley.rest.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** The tools that this server runs, as clients are told of their own declarations: with every default, without secrets. */
final class HostedToolJson {

    private static final String NULL = "null";

    private HostedToolJson() {}

    static RawJson fileSearch(Param in) {
        in.at("vector_store_ids").list(Param::string);
        in.at("max_num_results").optional(most -> most.integer(1, 50));
        in.at("filters").optional(Param::object);
        in.at("ranking_options").optional(Param::object);
        return withDefaults(
                in,
                defaults(
                        "filters",
                        NULL,
                        "max_num_results",
                        "20",
                        "ranking_options",
                        "{\"ranker\":\"auto\",\"score_threshold\":0}"));
    }

    static RawJson webSearch(Param in) {
        in.at("search_context_size").optional(size -> size.word(Words.of("low", "medium", "high")));
        in.at("filters").optional(Param::object);
        in.at("external_web_access").optional(Param::bool);
        RawJson place = in.at("user_location")
                .optional(location -> {
                    ObjectText whole = new ObjectText().string("type", "approximate");
                    for (String part : Words.of("country", "city", "region", "timezone")) {
                        whole.stringOrNull(part, location.at(part).optional(Param::string));
                    }
                    return whole.end();
                })
                .orElse(RawJson.NULL);
        ObjectText echo = new ObjectText()
                .raw("type", in.at("type").echo())
                .raw("filters", in.at("filters").echo())
                .raw("search_context_size", in.at("search_context_size").echo(ObjectText.quoted("medium")))
                .raw("user_location", place);
        return others(in, Set.of("type", "filters", "search_context_size", "user_location"), echo)
                .end();
    }

    /** The keys to the server are the client's secrets, and are sent anew with every request. */
    static RawJson mcp(Param in) {
        in.at("server_label").string();
        in.at("server_url").optional(Param::string);
        in.at("connector_id").optional(Param::string);
        in.at("authorization").optional(Param::string);
        in.at("headers").optional(Param::object);
        if (!in.at("server_url").isGiven()
                && !in.at("connector_id").isGiven()
                && !in.at("tunnel_id").isGiven()) {
            throw in.at("server_url").missing();
        }
        Param approval = in.at("require_approval");
        if (approval.isGiven() && !approval.isObject()) {
            approval.word(Words.of("always", "never"));
        }
        Param allowed = in.at("allowed_tools");
        if (allowed.isGiven() && !allowed.isObject()) {
            allowed.list(Param::string);
        }
        ObjectText echo = new ObjectText();
        others(in, Set.of("authorization", "headers", "allowed_tools", "require_approval"), echo);
        return echo.raw("allowed_tools", allowed.echo())
                .nothing("headers")
                .raw("require_approval", approval.echo(ObjectText.quoted("always")))
                .end();
    }

    static RawJson codeInterpreter(Param in) {
        Param container = in.at("container");
        if (container.isGiven() && !container.isObject()) {
            container.string();
        }
        if (container.isObject()) {
            refuseSecrets(container);
        }
        return in.echo();
    }

    /** A shell, whoever runs it. */
    static RawJson shell(Param in) {
        Param environment = in.at("environment");
        if (environment.isGiven()) {
            String type = environment.at("type").word(Words.of("local", "container_auto", "container_reference"));
            if (type.equals("container_reference")) {
                environment.at("container_id").string();
            }
            refuseSecrets(environment);
        }
        return in.echo();
    }

    /** Declarations are kept and given back, and there is no place yet for what must not be. */
    private static void refuseSecrets(Param container) {
        Param policy = container.at("network_policy");
        if (!policy.isObject()) {
            return;
        }
        Param secrets = policy.at("domain_secrets");
        if (secrets.isGiven() && !secrets.list(Param::object).isEmpty()) {
            throw secrets.refuse(
                    Refusal.Reason.UNSUPPORTED_VALUE,
                    "This server keeps no secrets of containers; leave '%s' out.".formatted(secrets.path()));
        }
    }

    static RawJson imageGeneration(Param in) {
        in.at("partial_images").optional(most -> most.integer(0, 3));
        return in.echo();
    }

    /** Adds the members, but for those with these names, in their order. */
    static ObjectText others(Param in, Set<String> names, ObjectText echo) {
        in.members().forEach((name, member) -> {
            if (!names.contains(name)) {
                echo.raw(name, member.echo());
            }
        });
        return echo;
    }

    private static RawJson withDefaults(Param in, Map<String, String> defaults) {
        ObjectText echo = others(in, defaults.keySet(), new ObjectText());
        defaults.forEach((name, value) -> echo.raw(name, in.at(name).echo(new RawJson(value))));
        return echo.end();
    }

    private static SequencedMap<String, String> defaults(String... namesAndValues) {
        SequencedMap<String, String> defaults = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            defaults.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return defaults;
    }
}
