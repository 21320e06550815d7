package dev.parley.bootstrap;

import org.jspecify.annotations.Nullable;

/** Why the server can't start, for whoever reads its log. */
final class StartFailure {

    private StartFailure() {}

    /** The innermost reason, which is the one that somebody wrote for people. */
    static String explain(Throwable failure) {
        Throwable reason = failure;
        @Nullable Throwable cause = reason.getCause();
        while (cause != null && cause.getMessage() != null) {
            reason = cause;
            cause = reason.getCause();
        }
        String message = reason.getMessage();
        return message == null ? reason.toString() : message;
    }
}
