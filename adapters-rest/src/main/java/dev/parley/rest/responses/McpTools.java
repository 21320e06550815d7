package dev.parley.rest.responses;

import dev.parley.application.response.Seal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.tool.Approval;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.tool.HostedTool;
import dev.parley.domain.tool.ToolFilter;
import dev.parley.domain.tool.ToolServer;
import dev.parley.rest.json.ObjectText;
import java.util.Optional;
import java.util.Set;

/** Reads how clients have a server of tools used (responses-api 4.1), and seals their keys to it. */
final class McpTools {

    private static final Set<String> KEYS = Words.of("authorization", "headers");
    private static final String TOOL_NAMES = "tool_names";

    private McpTools() {}

    /** @throws dev.parley.domain.Refusal when there are keys and nothing to seal them with */
    static HostedTool declared(Param in, Seal seal) {
        return new HostedTool(
                HostedKind.MCP,
                in.at("type").string(),
                in.path(),
                new JsonText(
                        HostedToolJson.others(in, KEYS, new ObjectText()).end().text()),
                Optional.of(new ToolServer(
                        in.at("server_label").string(),
                        in.at("allowed_tools").optional(McpTools::filter),
                        in.at("require_approval").optional(McpTools::approval).orElseGet(Approval.Always::new),
                        sealed(in, seal))));
    }

    private static ToolFilter filter(Param in) {
        return in.isArray()
                ? ToolFilter.of(in.list(Param::string))
                : new ToolFilter(
                        in.at(TOOL_NAMES).optional(names -> names.list(Param::string)),
                        in.at("read_only").optional(Param::bool).orElse(false));
    }

    private static Approval approval(Param in) {
        if (in.isObject()) {
            return new Approval.Some(
                    in.at("always").optional(McpTools::filter), in.at("never").optional(McpTools::filter));
        }
        return in.word(Words.of("always", "never")).equals("always") ? new Approval.Always() : new Approval.Never();
    }

    private static Optional<String> sealed(Param in, Seal seal) {
        ObjectText keys = new ObjectText();
        boolean given = false;
        for (String name : KEYS) {
            Param key = in.at(name);
            if (key.isGiven()) {
                seal.requireUsable(key.path());
                keys.raw(name, key.echo());
                given = true;
            }
        }
        return given ? Optional.of(seal.seal(Seal.KEYS, keys.end().text())) : Optional.empty();
    }
}
