package dev.parley.inference.openai;

import dev.parley.domain.turn.Failure;
import dev.parley.inference.openai.AttemptFailed.Remedy;
import dev.parley.inference.provider.ProviderSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;

/** What connections suffer, in words for the client. The exceptions go to the log. */
final class Faults {

    private final String who;
    private final ProviderSettings.Timeouts timeouts;

    Faults(ProviderSettings.OpenAiCompatible settings) {
        this.who = "Provider '%s'".formatted(settings.name());
        this.timeouts = settings.timeouts();
    }

    /**
     * There was no response.
     *
     * @param usedBefore whether the connection had served another request and so may have been closed meanwhile
     */
    AttemptFailed beforeHead(IOException cause, boolean usedBefore) {
        return switch (cause) {
            case ConnectTimeoutException _ ->
                failed(
                        Failure.Code.PROVIDER_TIMEOUT,
                        " did not accept a connection within %s; check that it runs and can be reached"
                                .formatted(said(timeouts.connect())),
                        AttemptFailed.WAITING,
                        cause);
            case HttpHostConnectException _, ConnectException _, NoRouteToHostException _ ->
                failed(
                        Failure.Code.PROVIDER_UNAVAILABLE,
                        " can't be reached; check that it runs and that its base-url is right",
                        AttemptFailed.WAITING,
                        cause);
            case UnknownHostException _ ->
                failed(
                        Failure.Code.PROVIDER_UNAVAILABLE,
                        " can't be reached: the name of its host is unknown; check its base-url",
                        AttemptFailed.WAITING,
                        cause);
            case SSLException _ ->
                failed(
                        Failure.Code.PROVIDER_UNAVAILABLE,
                        " can't be reached safely: no TLS connection came about; the server's log says why",
                        AttemptFailed.NOTHING,
                        cause);
            case ClientProtocolException _ ->
                failed(
                        Failure.Code.PROVIDER_UNAVAILABLE,
                        " does not answer as a web server does; check its base-url",
                        AttemptFailed.NOTHING,
                        cause);
            case SocketTimeoutException _ -> silent(cause);
            default ->
                failed(
                        Failure.Code.PROVIDER_UNAVAILABLE,
                        " closed the connection without an answer. Try again later.",
                        usedBefore ? new Remedy.NewConnection() : AttemptFailed.WAITING,
                        cause);
        };
    }

    /** @param begun whether anything of the answer had come */
    AttemptFailed afterHead(IOException cause, boolean begun) {
        if (!(cause instanceof SocketTimeoutException)) {
            return failed(
                    Failure.Code.PROVIDER_UNAVAILABLE,
                    " broke the connection off in the middle of its answer. Try again later.",
                    AttemptFailed.NOTHING,
                    cause);
        }
        return begun
                ? failed(
                        Failure.Code.PROVIDER_TIMEOUT,
                        " fell silent for %s in the middle of its answer. Try again later."
                                .formatted(said(timeouts.idle())),
                        AttemptFailed.NOTHING,
                        cause)
                : silent(cause);
    }

    AttemptFailed unreadable(IOException cause) {
        return failed(
                Failure.Code.PROVIDER_UNAVAILABLE,
                cause instanceof EventReader.LineTooLong
                        ? " sent " + cause.getMessage()
                        : " sent an event that is no chunk of a chat completion",
                AttemptFailed.NOTHING,
                cause);
    }

    /** @param reason the provider's word for it */
    AttemptFailed brokenOffBy(String reason) {
        return new AttemptFailed(
                Failure.Code.PROVIDER_UNAVAILABLE,
                "%s broke its answer off (finish_reason '%s'). Try again later.".formatted(who, reason),
                AttemptFailed.NOTHING);
    }

    AttemptFailed empty() {
        return new AttemptFailed(
                Failure.Code.PROVIDER_UNAVAILABLE,
                who + " ended its stream without an answer. Try again later.",
                AttemptFailed.NOTHING);
    }

    private AttemptFailed silent(IOException cause) {
        return failed(
                Failure.Code.PROVIDER_TIMEOUT,
                " did not begin to answer within %s. Try again later.".formatted(said(timeouts.firstToken())),
                AttemptFailed.NOTHING,
                cause);
    }

    private AttemptFailed failed(Failure.Code code, String what, Remedy remedy, IOException cause) {
        return new AttemptFailed(Failure.of(code, who + what), remedy, cause);
    }

    private static String said(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
