package dev.parley.domain.tool;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.Optional;

/**
 * As what a client is told of the calls of a tool. Every model is offered functions and nothing else; what a call of one
 * looks like to the client is this (responses-api 4.1).
 */
public sealed interface CallForm {

    /** @param namespace the group that the client declared it in */
    record Function(String name, Optional<String> namespace) implements CallForm {
        public Function {
            requireNonNull(name, "name");
            requireNonNull(namespace, "namespace");
        }

        @Override
        public CallKind kind() {
            return CallKind.FUNCTION;
        }
    }

    /** A tool that takes a text; the model is offered a function with the one parameter {@code input}. */
    record Custom(String name, Optional<String> namespace) implements CallForm {
        public Custom {
            requireNonNull(name, "name");
            requireNonNull(namespace, "namespace");
        }

        @Override
        public CallKind kind() {
            return CallKind.CUSTOM;
        }
    }

    /** A tool with a form of its own that the client runs; the arguments are the form's action. */
    record ClientBuiltIn(CallKind kind) implements CallForm {
        public ClientBuiltIn {
            requireNonNull(kind, "kind");
        }
    }

    /**
     * A tool that this server runs.
     *
     * @param serverLabel the server of tools that it is one of
     * @param name its own, which is not always what the model calls it
     * @param containerId where a program runs, if that is known before it does
     */
    record Hosted(HostedKind hosted, Optional<String> serverLabel, String name, Optional<String> containerId)
            implements CallForm {
        public Hosted {
            requireNonNull(hosted, "hosted");
            requireNonNull(serverLabel, "serverLabel");
            requireNonNull(name, "name");
            requireNonNull(containerId, "containerId");
        }

        public Hosted(HostedKind hosted, Optional<String> serverLabel, String name) {
            this(hosted, serverLabel, name, Optional.empty());
        }

        /** Of a shell the calls and answers look the same whoever runs it, and clients bring them back. */
        @Override
        public CallKind kind() {
            return hosted == HostedKind.SHELL ? CallKind.SHELL : CallKind.HOSTED;
        }
    }

    /**
     * A tool of a group that this server runs; for clients that tell functions from other tools it is one.
     *
     * @param group the id of the group
     * @param name its own, which is not always what the model calls it
     * @param args an object of the arguments that the turn gives to every call, whatever the model says
     */
    record Grouped(String group, String name, Optional<JsonText> args) implements CallForm {
        public Grouped {
            requireNonNull(group, "group");
            requireNonNull(name, "name");
            requireNonNull(args, "args");
        }

        @Override
        public CallKind kind() {
            return CallKind.FUNCTION;
        }
    }

    CallKind kind();
}
