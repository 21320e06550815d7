package dev.parley.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that the model refuses because of what the caller asked. The message is written for the caller and says
 * what to do. Nothing was changed when it is thrown. Which status a code becomes is the dialect's business.
 */
@SuppressWarnings("serial") // never leaves the process
public final class Refusal extends RuntimeException {

    /** Why a command is refused; a closed list, so that each dialect decides each case. */
    public enum Code {
        /** The request contradicts itself or the contract; the same request will always be refused. */
        INVALID,
        /** What is sent is larger than what this server takes. */
        TOO_LARGE,
        /** What the request names does not exist for this owner. */
        NOT_FOUND,
        /** What the request would change has moved on; repeating it cannot help. */
        CONFLICT,
        /** Another turn of the session is running; nothing was begun, and the same request may succeed later. */
        BUSY,
        /** A valid request for something that this server does not do. */
        UNSUPPORTED,
        /** The server takes no new work just now; nothing was begun. */
        UNAVAILABLE
    }

    /** A closer reason, for the dialects that name it (responses-api 8). */
    public enum Reason {
        MISSING_PARAMETER,
        INVALID_TYPE,
        INVALID_VALUE,
        BELOW_MINIMUM,
        ABOVE_MAXIMUM,
        TEXT_TOO_LONG,
        LIST_TOO_LONG,
        MUTUALLY_EXCLUSIVE,
        UNSUPPORTED_PARAMETER,
        UNSUPPORTED_VALUE,
        MODEL_NOT_FOUND,
        PREVIOUS_RESPONSE_NOT_FOUND,
        CONVERSATION_LOCKED,
        UNREADABLE_SEAL,
        INVALID_BASE64_IMAGE
    }

    private final Code code;

    @Nullable
    private final String field;

    @Nullable
    private final Reason reason;

    private Refusal(Code code, String message, @Nullable String field, @Nullable Reason reason) {
        super(requireNonNull(message, "message"), null, false, false);
        this.code = requireNonNull(code, "code");
        this.field = field;
        this.reason = reason;
    }

    public static Refusal of(Code code, String message) {
        return new Refusal(code, message, null, null);
    }

    /** A refusal that names the request's field that is to blame, as a dotted path. */
    public static Refusal of(Code code, String message, String field) {
        return new Refusal(code, message, requireNonNull(field, "field"), null);
    }

    public static Refusal invalid(String field, String message) {
        return of(Code.INVALID, message, field);
    }

    public static Refusal notFound(String kind, String id) {
        return of(Code.NOT_FOUND, "%s %s not found".formatted(kind, id));
    }

    public Code code() {
        return code;
    }

    /** The request's field that is to blame; empty when no single one is. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** The same refusal for this closer reason. */
    public Refusal because(Reason closer) {
        return new Refusal(code, explanation(), field, requireNonNull(closer, "closer"));
    }

    /** The closer reason; empty when none is named. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** What the caller is told; never null. */
    public String explanation() {
        return requireNonNull(getMessage());
    }
}
