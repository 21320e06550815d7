package dev.parley.application.testing;

import dev.parley.application.port.Tools;
import dev.parley.application.port.ToolsContract;
import dev.parley.domain.tool.ToolArguments;
import dev.parley.domain.tool.ToolCall;

class ScriptedToolsTest extends ToolsContract {

    @Override
    protected Tools tools() {
        return new ScriptedTools().tool("weather", "forecast", "Rain").tool("weather", "alarm", (_, _) -> {
            throw new Tools.ToolFailed("the alarm is off");
        });
    }

    @Override
    protected String group() {
        return "weather";
    }

    @Override
    protected ToolCall working() {
        return new ToolCall("call_1", "forecast", new ToolArguments.Json("{}"));
    }

    @Override
    protected ToolCall failing() {
        return new ToolCall("call_2", "alarm", new ToolArguments.Json("{}"));
    }
}
