package dev.parley.inference.openai;

import dev.parley.domain.turn.Failure;
import dev.parley.inference.openai.AttemptFailed.Remedy;
import dev.parley.inference.provider.ProviderSettings;
import dev.parley.inference.provider.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds out what a provider means by an error, and says it so that a client knows what to do. */
final class ErrorClassifier {

    private static final int LONGEST_QUOTE = 300;

    private static final List<String> TOO_LONG = List.of(
            "maximum context length",
            "context_length_exceeded",
            "exceed_context_size",
            "exceeds the available context size",
            "context length exceeded",
            "exceeds the context window",
            "prompt is too long",
            "input is too long",
            "too many input tokens");
    private static final List<String> NO_SUCH_MODEL = List.of(
            "model_not_found",
            "is not a valid model",
            "invalid model",
            "unknown model",
            "no such model",
            "model not found");
    private static final List<String> NOT_TAKEN = List.of(
            "unsupported",
            "not supported",
            "does not support",
            "unrecognized",
            "unknown",
            "extra_forbidden",
            "extra inputs",
            "not permitted",
            "unexpected");

    /** Fields with a few words to choose from, of which a model may not know one. */
    private static final Set<String> LEVELS = Set.of("reasoning_effort", "verbosity", "service_tier");

    private static final List<String> NO_SUCH_LEVEL = List.of("invalid", "must be", "should be", "expected");
    private static final List<String> FILTERED =
            List.of("content_filter", "content management policy", "responsibleaipolicyviolation");
    private static final List<String> NO_MONEY = List.of("insufficient_quota", "billing", "credit balance");

    private final ProviderSettings.OpenAiCompatible settings;

    ErrorClassifier(ProviderSettings.OpenAiCompatible settings) {
        this.settings = settings;
    }

    /** An HTTP status that is no success. */
    AttemptFailed ofStatus(int status, ErrorBody error, Remedy.Waiting waiting, Asked request) {
        String model = request.model();
        String words = error.words();
        if (status >= 300 && status < 400) {
            return failed(
                    Failure.Code.PROVIDER_UNAVAILABLE,
                    "%s answers with a redirect (HTTP %d); its base-url must be the address that it redirects to"
                            .formatted(who(), status),
                    AttemptFailed.NOTHING);
        }
        if (status == 429 || status == 402) {
            return rateLimited(status, error, waiting, model);
        }
        if (status == 408 || status >= 500) {
            return failed(
                    status == 408 || status == 504 ? Failure.Code.PROVIDER_TIMEOUT : Failure.Code.PROVIDER_UNAVAILABLE,
                    "%s failed (HTTP %d)%s Try again later.".formatted(who(), status, quote(error)),
                    status == 501 ? AttemptFailed.NOTHING : waiting);
        }
        if (contains(words, TOO_LONG)) {
            return failed(
                    Failure.Code.CONTEXT_TOO_LONG,
                    "The conversation is longer than model '%s' of %s can read%s Start a new session or send less."
                            .formatted(model, lower(who()), quote(error)),
                    AttemptFailed.NOTHING);
        }
        if (isAboutModel(status, words)) {
            return failed(
                    Failure.Code.MODEL_NOT_FOUND,
                    "The requested model '%s' does not exist. %s does not have it.".formatted(model, who()),
                    AttemptFailed.NOTHING);
        }
        if (status == 401) {
            // not in its own words: they may have a part of the key in them
            return failed(
                    Failure.Code.PROVIDER_UNAVAILABLE,
                    "%s refuses this server's credentials (HTTP 401); its operator must set a valid api-key for it"
                            .formatted(who()),
                    AttemptFailed.NOTHING);
        }
        if (status == 403) {
            return failed(
                    Failure.Code.PROVIDER_UNAVAILABLE,
                    "%s does not let this server use model '%s' (HTTP 403)%s Its operator must get access to it."
                            .formatted(who(), model, quote(error)),
                    AttemptFailed.NOTHING);
        }
        if (contains(words, FILTERED)) {
            return failed(
                    Failure.Code.FILTERED,
                    "The content filter of %s refused the request for model '%s'%s Say it in other words."
                            .formatted(lower(who()), model, quote(error)),
                    AttemptFailed.NOTHING);
        }
        if (status == 404 || status == 405) {
            return failed(
                    Failure.Code.PROVIDER_UNAVAILABLE,
                    "%s does not serve %s at its base-url (HTTP %d), which mostly ends in /v1"
                            .formatted(who(), request.service(), status),
                    AttemptFailed.NOTHING);
        }
        return failed(
                Failure.Code.PROVIDER_REJECTED,
                "%s rejected the request for model '%s' (HTTP %d)%s".formatted(who(), model, status, quote(error)),
                refusedField(error, words, request.optionalFields().keySet())
                        .map(request.optionalFields()::get)
                        .<Remedy>map(Remedy.LeavingOut::new)
                        .orElse(AttemptFailed.NOTHING));
    }

    /** An error in place of an answer, or in the middle of one, after a status of success. */
    AttemptFailed inStream(ErrorBody error, Asked request) {
        return ofStatus(statusOf(error), error, AttemptFailed.WAITING, request).forGood();
    }

    /** A success that is not what was asked for. */
    AttemptFailed notAnAnswer(String what, String expected) {
        return failed(
                Failure.Code.PROVIDER_UNAVAILABLE,
                "%s answered with %s instead of %s; check its base-url, and what stands before it"
                        .formatted(who(), what, expected),
                AttemptFailed.NOTHING);
    }

    AttemptFailed failed(Failure.Code code, String message, Remedy remedy) {
        return new AttemptFailed(Failure.of(code, message), remedy, null);
    }

    /** How a sentence about the provider begins. */
    String who() {
        return "Provider '%s'".formatted(settings.name());
    }

    /** The text short, in one line, and without what is secret. */
    String presentable(String text) {
        String shown = text;
        for (Secret secret : settings.headers().values()) {
            shown = secret.removeFrom(shown);
        }
        if (settings.apiKey().isPresent()) {
            shown = settings.apiKey().get().removeFrom(shown);
        }
        shown = shown.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return shown.length() <= LONGEST_QUOTE
                ? shown
                : shown.substring(0, LONGEST_QUOTE).strip() + "…";
    }

    private AttemptFailed rateLimited(int status, ErrorBody error, Remedy.Waiting waiting, String model) {
        if (status == 402 || contains(error.words(), NO_MONEY)) {
            return failed(
                    Failure.Code.QUOTA_EXHAUSTED,
                    "%s has no quota left for this server%s".formatted(who(), quote(error)),
                    AttemptFailed.NOTHING);
        }
        // a second too many rather than one too few
        Optional<Integer> seconds =
                waiting.asked().map(time -> Math.clamp(time.plusMillis(999).toSeconds(), 1, Integer.MAX_VALUE));
        String when = seconds.map("in %d seconds"::formatted).orElse("later");
        return new AttemptFailed(
                new Failure(
                        Failure.Code.RATE_LIMITED,
                        "%s wants fewer requests for model '%s'%s Try again %s."
                                .formatted(who(), model, quote(error), when),
                        seconds),
                waiting,
                null);
    }

    private static boolean isAboutModel(int status, String words) {
        return contains(words, NO_SUCH_MODEL)
                || (status == 404
                        && words.contains("model")
                        && (words.contains("not found") || words.contains("not exist")));
    }

    /** The field that the provider does not take, if the request can do without it. */
    private static Optional<String> refusedField(ErrorBody error, String words, Set<String> dispensable) {
        boolean notTaken = contains(words, NOT_TAKEN);
        Predicate<String> refused = field -> notTaken || (LEVELS.contains(field) && contains(words, NO_SUCH_LEVEL));
        if (dispensable.contains(error.param())) {
            return Optional.of(error.param()).filter(refused);
        }
        // the first one named: the second may be the one to use instead
        return dispensable.stream()
                .filter(field -> position(words, field) >= 0)
                .min(Comparator.comparingInt(field -> position(words, field)))
                .filter(refused);
    }

    private static int position(String words, String field) {
        for (int at = words.indexOf(field); at >= 0; at = words.indexOf(field, at + 1)) {
            boolean begins = at == 0 || !isWordPart(words.charAt(at - 1));
            int end = at + field.length();
            if (begins && (end == words.length() || !isWordPart(words.charAt(end)))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    private static int statusOf(ErrorBody error) {
        try {
            int status = Integer.parseInt(error.code());
            if (status >= 400 && status < 600) {
                return status;
            }
        } catch (NumberFormatException _) {
            // a word, then
        }
        String type = error.type().toLowerCase(Locale.ROOT) + ' ' + error.code().toLowerCase(Locale.ROOT);
        if (type.contains("rate_limit") || type.contains("ratelimit")) {
            return 429;
        }
        return type.contains("invalid_request") || type.contains("badrequest") ? 400 : 500;
    }

    private static boolean contains(String words, List<String> any) {
        return any.stream().anyMatch(words::contains);
    }

    private String quote(ErrorBody error) {
        String text = presentable(error.message());
        if (text.isEmpty()) {
            return ".";
        }
        return ": " + text + (text.endsWith(".") || text.endsWith("…") || text.endsWith("!") ? "" : ".");
    }

    private static String lower(String who) {
        return who.substring(0, 1).toLowerCase(Locale.ROOT) + who.substring(1);
    }
}
