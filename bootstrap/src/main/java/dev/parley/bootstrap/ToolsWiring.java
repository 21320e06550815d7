package dev.parley.bootstrap;

import dev.parley.application.port.HostedToolProvider;
import dev.parley.application.port.ToolGroupProvider;
import dev.parley.application.port.ToolGroups;
import dev.parley.application.port.Tools;
import dev.parley.application.response.Seal;
import dev.parley.application.tool.InvokeTool;
import dev.parley.application.tool.KnownGroups;
import dev.parley.application.tool.LimitedTools;
import dev.parley.application.tool.ReadToolGroups;
import dev.parley.application.tool.RegisterToolGroup;
import dev.parley.application.tool.ServerTools;
import dev.parley.application.tool.ToolLimits;
import dev.parley.application.tool.UnregisterToolGroup;
import dev.parley.application.turn.ToolRunner;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts the tools that this server runs together: who has them are the providers that are beans. */
@Factory
final class ToolsWiring {

    @Singleton
    ToolLimits toolLimits(ToolsConfiguration configuration) {
        try {
            return configuration.limits();
        } catch (IllegalArgumentException mistake) {
            throw new ConfigurationException("parley.tools: " + mistake.getMessage(), mistake);
        }
    }

    @Singleton
    KnownGroups knownGroups(
            ToolGroups registered,
            List<ToolGroupProvider> providers,
            ToolLimits limits,
            Environment environment,
            JsonMapper json) {
        try {
            return new KnownGroups(registered, DeclaredToolGroups.read(environment, json), providers, limits);
        } catch (IllegalArgumentException mistake) {
            throw new ConfigurationException("parley.tools.groups: " + mistake.getMessage(), mistake);
        }
    }

    @Singleton
    Tools tools(KnownGroups groups, List<HostedToolProvider> hosted, ToolLimits limits) {
        return new LimitedTools(new ServerTools(groups, hosted), limits);
    }

    @Singleton
    ToolRunner toolRunner(Tools tools, Seal seal, ToolLimits limits) {
        return new ToolRunner(tools, keys -> seal.open(Seal.KEYS, keys), limits);
    }

    @Singleton
    ReadToolGroups readToolGroups(KnownGroups groups) {
        return new ReadToolGroups(groups);
    }

    @Singleton
    RegisterToolGroup registerToolGroup(KnownGroups groups, ReadToolGroups read, ToolGroups registered) {
        return new RegisterToolGroup(groups, read, registered);
    }

    @Singleton
    UnregisterToolGroup unregisterToolGroup(KnownGroups groups, ToolGroups registered) {
        return new UnregisterToolGroup(groups, registered);
    }

    @Singleton
    InvokeTool invokeTool(ReadToolGroups read, Tools tools) {
        return new InvokeTool(read, tools);
    }
}
