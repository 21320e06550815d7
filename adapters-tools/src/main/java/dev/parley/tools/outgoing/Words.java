package dev.parley.tools.outgoing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** What callers are told of requests that came to nothing. */
public final class Words {

    private Words() {}

    /** Without names of classes, addresses of the own network, or secrets. */
    public static String of(Target target, IOException failure) {
        return switch (failure) {
            case Refused refused -> refused.explanation();
            case ConnectTimeoutException _ -> "%s could not be connected to in time".formatted(target.origin());
            case ConnectException _, NoRouteToHostException _ ->
                "%s could not be connected to".formatted(target.origin());
            case SocketTimeoutException _ -> "%s did not answer in time".formatted(target.origin());
            case SSLException _ -> "no secure connection to %s could be made".formatted(target.origin());
            default -> "the connection to %s broke off".formatted(target.origin());
        };
    }

    /** Whether nothing of the request can have reached the server. */
    public static boolean isUnsent(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof ConnectTimeoutException
                || failure instanceof Refused;
    }

    static Refused notAdmitted(Target target) {
        return new Refused(
                "the host of %s has no address that this server may reach for a request; an operator can allow it (parley.outgoing.allow-private, parley.outgoing.allowed-networks)"
                        .formatted(target.origin()));
    }
}
