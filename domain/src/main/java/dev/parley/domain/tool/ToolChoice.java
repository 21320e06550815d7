package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Whether a model may, must or must not call a tool. */
public sealed interface ToolChoice {

    record Auto() implements ToolChoice {}

    record Required() implements ToolChoice {}

    record None() implements ToolChoice {}

    /**
     * It must call one of those that this server runs, named as its client knows them: what the model calls them is not
     * known before they are there. Where there is none of them, it may call what it likes.
     *
     * @param serverLabel what the client calls the server that they are from; empty where there is but one
     * @param name of the one tool that is meant; empty for any of them
     */
    record Hosted(HostedKind kind, Optional<String> serverLabel, Optional<String> name) implements ToolChoice {
        public Hosted {
            requireNonNull(kind, "kind");
            requireNonNull(serverLabel, "serverLabel");
            requireNonNull(name, "name");
        }

        /** Whether the tool is one of them. */
        public boolean means(OfferedTool tool) {
            return tool.form() instanceof CallForm.Hosted(var itsKind, var itsLabel, var itsName, var _)
                    && itsKind == kind
                    && (serverLabel.isEmpty() || serverLabel.equals(itsLabel))
                    && (name.isEmpty() || name.get().equals(itsName));
        }
    }

    /** It must call this one. */
    record Named(String toolName) implements ToolChoice {
        public Named {
            requireNonNull(toolName, "toolName");
        }
    }
}
