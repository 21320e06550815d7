package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Why a turn broke.
 *
 * @param message written for the client: what happened and what to do, without secrets or internals
 * @param secondsToWait how long whoever is to blame asks to be left alone; empty when it does not say
 */
public record Failure(Code code, String message, Optional<Integer> secondsToWait) {

    /** A mistake of this server, as clients are told of it. */
    public static final Failure MISTAKE =
            of(Code.INTERNAL, "The server made a mistake; its log has the details under the turn's id");

    public Failure {
        requireNonNull(code, "code");
        requireNonNull(message, "message");
        requireNonNull(secondsToWait, "secondsToWait");
    }

    public static Failure of(Code code, String message) {
        return new Failure(code, message, Optional.empty());
    }

    public enum Code {
        /** The provider does not have the model. */
        MODEL_NOT_FOUND,
        /** The conversation is longer than the model can read. */
        CONTEXT_TOO_LONG,
        /** The model's answer does not keep to the schema that the client holds it to. */
        ANSWER_OFF_SCHEMA,
        /** The provider or its filter would not answer. */
        FILTERED,
        /** The provider calls the request wrong. */
        PROVIDER_REJECTED,
        /** The provider wants fewer requests. */
        RATE_LIMITED,
        /** The provider wants to be paid before it answers again. */
        QUOTA_EXHAUSTED,
        /** The provider can't be reached, refuses this server, or broke off. */
        PROVIDER_UNAVAILABLE,
        /** The provider was silent for too long. */
        PROVIDER_TIMEOUT,
        /** A shield could not say whether it objects. */
        SHIELD_FAILED,
        /** A server of tools could not say what it has, and without it the turn has no tools. */
        TOOLS_UNAVAILABLE,
        /** The material that the turn asked for could not be looked up. */
        RETRIEVAL_FAILED,
        /** The server stopped, or lost the turn, before the turn was done. */
        INTERRUPTED,
        /** A mistake of this server. */
        INTERNAL
    }
}
