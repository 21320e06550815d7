package dev.parley.rest.agents;

import dev.parley.domain.agent.ToolConfig;
import dev.parley.domain.agent.ToolConfig.PromptFormat;
import dev.parley.domain.agent.ToolConfig.SystemMessageBehavior;
import dev.parley.domain.tool.ToolChoice;
import dev.parley.rest.json.JsonField;
import dev.parley.rest.json.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How tools are presented to a model (agents-api 2.3). */
@WireRecord
@Schema(name = "ToolConfig")
record ToolConfigJson(
        @Schema(description = "auto, required, none, or the name of one tool")
        String toolChoice,

        @Nullable String toolPromptFormat,
        String systemMessageBehavior) {

    private static final Map<String, ToolChoice> CHOICES =
            Map.of("auto", new ToolChoice.Auto(), "required", new ToolChoice.Required(), "none", new ToolChoice.None());

    private static final Map<String, PromptFormat> FORMATS = Map.of(
            "json", PromptFormat.JSON,
            "function_tag", PromptFormat.FUNCTION_TAG,
            "python_list", PromptFormat.PYTHON_LIST);

    private static final Map<String, SystemMessageBehavior> BEHAVIORS =
            Map.of("append", SystemMessageBehavior.APPEND, "replace", SystemMessageBehavior.REPLACE);

    static ToolConfig read(JsonField in) {
        return new ToolConfig(
                in.at("tool_choice").optional(ToolConfigJson::readChoice).orElse(ToolConfig.DEFAULT.toolChoice()),
                in.at("tool_prompt_format").optional(ToolConfigJson::readFormat),
                in.at("system_message_behavior")
                        .optional(field -> field.oneOf(BEHAVIORS))
                        .orElse(ToolConfig.DEFAULT.systemMessageBehavior()));
    }

    /** A choice, where any other word is the name of a tool. */
    static ToolChoice readChoice(JsonField in) {
        String word = in.string();
        if (word.isEmpty()) {
            throw in.refuse("%s must be 'auto', 'required', 'none' or the name of a tool".formatted(in.name()));
        }
        ToolChoice choice = CHOICES.get(word);
        return choice == null ? new ToolChoice.Named(word) : choice;
    }

    /** A choice that can't name a tool, as the deprecated field has it. */
    static ToolChoice readPlainChoice(JsonField in) {
        return in.oneOf(CHOICES);
    }

    static PromptFormat readFormat(JsonField in) {
        return in.oneOf(FORMATS);
    }

    static ToolConfigJson of(ToolConfig config) {
        return new ToolConfigJson(
                word(config.toolChoice()),
                config.promptFormat().map(Words::of).orElse(null),
                Words.of(config.systemMessageBehavior()));
    }

    static String word(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Auto() -> "auto";
            case ToolChoice.Required() -> "required";
            case ToolChoice.None() -> "none";
            case ToolChoice.Named(String toolName) -> toolName;
            case ToolChoice.Hosted _ -> "required"; // this interface has no word for it
        };
    }
}
